import type { Call } from '@flatrender/contracts/call'
import type { AnyTransaction } from '../tables.ts'

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
  await transaction
    .insertInto('identity.audit_logs')
    .values({
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
    .execute()
}

function nameActor({ actor }: Call, userId: string | undefined) {
  if (userId !== undefined) return { actor_kind: 'user' as const, actor_id: userId }
  // A visitor does nothing that is written down but by what FlatRender itself decides.
  if (actor.kind === 'visitor' || actor.kind === 'system')
    return { actor_kind: 'system' as const, actor_id: null }
  return { actor_kind: actor.kind, actor_id: actor.id }
}
