import type { Call } from '@flatrender/contracts/call'
import type { ToldAct } from '@flatrender/contracts/events'
import { placeOf } from '@flatrender/contracts/secrets'
import { type SecretKeys, seal, unseal } from '../secrets/seal.ts'

/** What somebody did, where it matters later. */
export interface NewAct {
  /** `<noun>.<past participle>`, such as `node.drained`. */
  readonly action: string
  /** Id of the row that it was done to. */
  readonly subject: string
  /** The fields that changed; no secrets, and nothing that a deleted user may want gone. */
  readonly before?: Readonly<Record<string, unknown>>
  readonly after?: Readonly<Record<string, unknown>>
}

/**
 * What the event `<service>.act.recorded` tells, from which the audit log has it: told in the transaction in which it is done,
 * it is there exactly if that is. Where the actor was is sealed: events are kept, and read by many.
 */
export function describeAct(
  { actor, address, userAgent, requestId }: Call,
  { action, subject, before, after }: NewAct,
  secretKeys: SecretKeys,
): ToldAct {
  const known = actor.kind === 'user' || actor.kind === 'key'
  const actingTenantId = actor.actingTenantId ?? actor.tenantId
  const origin = JSON.stringify({ address, userAgent })
  const isSomewhere = address !== null || userAgent !== null
  return {
    action,
    // A visitor does nothing that is written down but by what FlatRender itself decides.
    actorKind: known ? (actor.kind as 'user' | 'key') : 'system',
    actorId: known ? actor.id : null,
    actingTenantId: actingTenantId === actor.tenantId ? null : actingTenantId,
    requestId,
    before: before ?? null,
    after: after ?? null,
    sealedOrigin: isSomewhere ? seal(secretKeys, placeOfOrigin(subject), origin).toString('base64') : null,
  }
}

/** Where the actor of an act was, as its event tells it. Errors: SECRET_UNREADABLE. */
export function readOrigin(
  { sealedOrigin }: ToldAct,
  subject: string,
  secretKeys: SecretKeys,
): { readonly address: string | null; readonly userAgent: string | null } {
  if (sealedOrigin === null) return { address: null, userAgent: null }
  return JSON.parse(
    unseal(secretKeys, placeOfOrigin(subject), Buffer.from(sealedOrigin, 'base64')).toString(),
  )
}

function placeOfOrigin(subject: string) {
  return placeOf('platform.events.data', { subject })
}
