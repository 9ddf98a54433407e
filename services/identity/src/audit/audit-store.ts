import type { Call } from '@flatrender/contracts/call'
import type { TenantTransaction } from '@flatrender/platform/db'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { AnyTransaction, Tables } from '../tables.ts'

/** An act that matters later. */
export interface Act {
  /** `user.login`, `key.created`, … */
  readonly action: string
  /** Id of the row that it was done to. */
  readonly subject: string
  /** The user who did it, where the call doesn't say so yet: they have only just proven who they are. */
  readonly userId?: string
  /** The tenant that it was done to, where it isn't the actor's own. */
  readonly tenantId?: string
  readonly before?: Record<string, unknown>
  readonly after?: Record<string, unknown>
}

/** Writes down who did what, in the transaction in which it is done. */
export async function writeAudit(transaction: AnyTransaction, call: Call, act: Act): Promise<void> {
  const { actor } = call
  const tenantId = act.tenantId ?? actor.tenantId
  const actorsOwn = actor.actingTenantId ?? actor.tenantId
  await insertAct(transaction, {
    ...nameActor(call, act.userId),
    tenant_id: tenantId,
    acting_tenant_id: tenantId === actorsOwn ? null : actorsOwn,
    action: act.action,
    subject: act.subject,
    before: act.before ?? null,
    after: act.after ?? null,
    address: call.address,
    user_agent: call.userAgent,
    request_id: call.requestId,
  })
}

/** Writes down an act; of one that was done elsewhere, when that was. */
export async function insertAct(
  transaction: AnyTransaction,
  row: Insertable<Tables['identity.audit_logs']>,
): Promise<void> {
  await transaction.insertInto('identity.audit_logs').values(row).execute()
}

function nameActor({ actor }: Call, userId: string | undefined) {
  if (userId !== undefined) return { actor_kind: 'user' as const, actor_id: userId }
  // A visitor does nothing that is written down but by what FlatRender itself decides.
  if (actor.kind === 'visitor' || actor.kind === 'node' || actor.kind === 'system')
    return { actor_kind: 'system' as const, actor_id: null }
  return { actor_kind: actor.kind, actor_id: actor.id }
}

const shown = [
  'id',
  'happened_at',
  'actor_kind',
  'actor_id',
  'acting_tenant_id',
  'action',
  'subject',
  'before',
  'after',
  'user_agent',
  'request_id',
] as const

/** An act as it was written down. */
export type AuditRow = Pick<Selectable<Tables['identity.audit_logs']>, (typeof shown)[number] | 'address'>

/** Which acts are meant; moments in ISO 8601, `to` not included. */
export interface AuditFilter {
  readonly actorId?: string | undefined
  readonly subject?: string | undefined
  readonly action?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** The last id of the page before. */
  readonly cursor?: string | undefined
}

/** A page of what was done in a tenant, the newest first. */
export async function findAudit(
  transaction: TenantTransaction<Tables>,
  tenantId: string,
  { actorId, subject, action, from, to, cursor, limit }: AuditFilter & { limit: number },
): Promise<AuditRow[]> {
  let query = transaction
    .selectFrom('identity.audit_logs')
    .select(shown)
    .select(sql<string | null>`host(address)`.as('address'))
    .where('tenant_id', '=', tenantId)
  if (actorId !== undefined) query = query.where('actor_id', '=', actorId)
  if (subject !== undefined) query = query.where('subject', '=', subject)
  if (action !== undefined) query = query.where('action', '=', action)
  if (from !== undefined) query = query.where('happened_at', '>=', new Date(from))
  if (to !== undefined) query = query.where('happened_at', '<', new Date(to))
  if (cursor !== undefined)
    query = query.where(
      sql<boolean>`(happened_at, id) < (
        select last.happened_at, last.id from identity.audit_logs as last
        where last.tenant_id = ${tenantId} and last.id = ${cursor}
      )`,
    )
  return query.orderBy('happened_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}
