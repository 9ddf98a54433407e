import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { requireUser, requireUserId } from '../users/require-user.ts'
import { eraseUser } from './erase-user.ts'

/** Deletes whoever asks. Errors: STEP_UP_REQUIRED, OWNER_NEEDED, ACCESS_UNPROVEN for a key, ACCESS_TOKEN_INVALID when it is done. */
export async function deleteMe(identity: Identity, call: Call): Promise<Record<string, never>> {
  const userId = requireUserId(call)
  await identity.database.transact(call.actor, async (transaction) => {
    await requireUser(transaction, call)
    await eraseUser(identity, transaction, call, userId)
  })
  return {}
}
