import { actSchema } from '@flatrender/contracts/events'
import { type Event, onceFor } from '@flatrender/platform/events'
import { readOrigin } from '@flatrender/platform/service'
import type { Identity } from '../deps.ts'
import { insertAct } from './audit-store.ts'

/** Consumer: writes down what somebody did in another service, once, as of when it was done. Errors: SECRET_UNREADABLE. */
export async function recordAct({ database, secretKeys }: Identity, event: Event): Promise<void> {
  const { id, tenantId, subject, happenedAt } = event
  if (tenantId === null || subject === null) throw new Error(`event ${id} tells of no tenant's act`)
  const act = actSchema.parse(event.data)
  const { address, userAgent } = readOrigin(act, subject, secretKeys)
  await database.transact({ tenantId, visibleTenants: [] }, async (transaction) => {
    if (!(await onceFor(transaction, 'identity.record-acts', id))) return
    await insertAct(transaction, {
      tenant_id: tenantId,
      happened_at: happenedAt,
      actor_kind: act.actorKind,
      actor_id: act.actorId,
      acting_tenant_id: act.actingTenantId,
      action: act.action,
      subject,
      before: act.before,
      after: act.after,
      address,
      user_agent: userAgent,
      request_id: act.requestId,
    })
  })
}
