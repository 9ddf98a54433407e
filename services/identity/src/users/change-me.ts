import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { describeUser, type UserView } from './describe-user.ts'
import { requireUser } from './require-user.ts'
import { updateUser } from './users-store.ts'

/** Changes the name or language of whoever asks. */
export async function changeMe(
  identity: Identity,
  call: Call,
  input: { name?: string | undefined; language?: string | undefined },
): Promise<UserView> {
  const { tenantId } = call.actor
  return identity.database.transact(call.actor, async (transaction) => {
    const { id: userId } = await requireUser(transaction, call)
    const user = await updateUser(transaction, { tenantId, userId }, input)
    return describeUser(transaction, tenantId, user)
  })
}
