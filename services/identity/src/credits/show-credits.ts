import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { readFunds } from './credit-accounts-store.ts'
import { findMyAccount } from './find-account.ts'

/** What the account of whoever asks has to spend. */
export async function showCredits(identity: Identity, call: Call) {
  return identity.database.transact(call.actor, async (transaction) => {
    const account = await findMyAccount(transaction, call)
    const { balance, reserved } = await readFunds(transaction, account)
    return { accountId: account.accountId, balance, reserved, available: balance - reserved }
  })
}
