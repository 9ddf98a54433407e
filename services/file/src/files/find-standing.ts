import { asSystem, type Call } from '@flatrender/contracts/call'
import type { Standing } from '@flatrender/contracts/identity'
import type { FileDeps } from '../deps.ts'

/** For whom somebody works in the tenant that they act in, and what their plan allows. Errors: CREDIT_ACCOUNT_UNKNOWN. */
export async function findStanding({ identity }: FileDeps, call: Call): Promise<Standing> {
  const { actor } = call
  const isOwn = actor.kind === 'user' && actor.actingTenantId === undefined
  const who = { userId: isOwn ? actor.id : null, keyId: isKey(call) ? actor.id : null }
  return identity.plans.standingOf(who, { context: asSystem(call) })
}

function isKey({ actor }: Call): boolean {
  return actor.kind === 'key' && actor.actingTenantId === undefined
}
