import type { Call } from '@flatrender/contracts/call'
import type { Identity } from '../deps.ts'
import { readFunds } from './credit-accounts-store.ts'
import { requireAccount } from './find-account.ts'

/** Tells whether an account could pay this now; only a reservation makes sure. Errors: CREDIT_ACCOUNT_UNKNOWN. */
export async function quoteCredits(
  identity: Identity,
  { actor }: Call,
  { accountId, amount }: { accountId: string; amount: number },
) {
  return identity.database.transact(actor, async (transaction) => {
    const account = await requireAccount(transaction, { tenantId: actor.tenantId, accountId })
    const { balance, reserved } = await readFunds(transaction, account)
    const available = balance - reserved
    return { enough: amount <= available, available }
  })
}
