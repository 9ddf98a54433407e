import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { requireUserId } from '../users/require-user.ts'
import { describeFactor } from './describe-factor.ts'
import { findFactors } from './factors-store.ts'
import { countCodes } from './recovery-codes-store.ts'

/** By what do I prove who I am, beside my password? Errors: ACCESS_UNPROVEN for a key. */
export async function listFactors(identity: Identity, call: Call) {
  const name = { tenantId: call.actor.tenantId, userId: requireUserId(call) }
  return identity.database.transact(call.actor, async (transaction) => ({
    factors: (await findFactors(transaction, name)).map(describeFactor),
    recoveryCodesLeft: await countCodes(transaction, name),
  }))
}
