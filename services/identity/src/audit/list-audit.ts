import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { type AuditFilter, type AuditRow, findAudit } from './audit-store.ts'

/** Lists what was done in the tenant acted in, a page at a time, the newest first. */
export async function listAudit(
  identity: Identity,
  { actor }: Call,
  { limit, ...filter }: AuditFilter & { limit: number },
) {
  const rows = await identity.database.transact(actor, (transaction) =>
    // One more tells whether there is a next page.
    findAudit(transaction, actor.tenantId, { ...filter, limit: limit + 1 }),
  )
  const page = rows.slice(0, limit)
  return { entries: page.map(describeAct), next: rows.length > page.length ? page.at(-1)!.id : null }
}

function describeAct(row: AuditRow) {
  const { id, action, subject, before, after, address } = row
  return {
    id,
    happenedAt: row.happened_at.toISOString(),
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actingTenantId: row.acting_tenant_id,
    action,
    subject,
    before,
    after,
    address,
    userAgent: row.user_agent,
    requestId: row.request_id,
  }
}
