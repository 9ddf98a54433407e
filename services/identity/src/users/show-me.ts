import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { describeUser, type UserView } from './describe-user.ts'
import { requireUser } from './require-user.ts'

/** Who am I? */
export async function showMe(identity: Identity, call: Call): Promise<UserView> {
  return identity.database.transact(call.actor, async (transaction) =>
    describeUser(transaction, call.actor.tenantId, await requireUser(transaction, call)),
  )
}
