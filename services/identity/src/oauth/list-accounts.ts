import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { requireUserId } from '../users/require-user.ts'
import { findAccounts } from './accounts-store.ts'
import { describeAccount } from './describe-account.ts'

/** By which accounts elsewhere do I log in? Errors: ACCESS_UNPROVEN for a key. */
export async function listAccounts(identity: Identity, call: Call) {
  const { tenantId } = call.actor
  const userId = requireUserId(call)
  const rows = await identity.database.transact(call.actor, (transaction) =>
    findAccounts(transaction, { tenantId, userId }),
  )
  return { accounts: rows.map(describeAccount) }
}
