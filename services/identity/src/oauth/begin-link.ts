import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { assertProven } from '../sessions/assert-proven.ts'
import { requireUserId } from '../users/require-user.ts'
import { beginTrip } from './begin-trip.ts'

/**
 * Begins to link an account elsewhere to mine: another way in. Errors: those of beginning a trip, STEP_UP_REQUIRED,
 * ACCESS_UNPROVEN for a key.
 */
export async function beginLink(
  identity: Identity,
  call: Call,
  input: { provider: string; redirectUri: string },
) {
  const userId = requireUserId(call)
  await identity.database.transact(call.actor, (transaction) => assertProven(transaction, call))
  return beginTrip(identity, call, input, userId)
}
