import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { eraseUser } from './erase-user.ts'

/** Deletes a user of the tenant. Errors: STEP_UP_REQUIRED, USER_UNKNOWN, ROLE_TOO_HIGH, OWNER_NEEDED. */
export async function deleteUser(
  identity: Identity,
  call: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  await identity.database.transact(call.actor, async (transaction) => {
    await eraseUser(identity, transaction, call, id)
  })
  return {}
}
