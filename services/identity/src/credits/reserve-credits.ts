import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { holdAccount, moveFunds } from './credit-accounts-store.ts'
import { findReservation, insertReservation } from './credit-reservations-store.ts'
import { describeReservation } from './describe-credits.ts'
import { requireAccount } from './find-account.ts'

/**
 * Promises credits to a piece of work. Asked again while it is held, the same promise is given, with its first expiry.
 * Errors: CREDITS_SHORT, CREDIT_ACCOUNT_UNKNOWN, CREDIT_REFERENCE_REUSED for another amount, CREDIT_RESERVATION_ENDED
 * for one that has ended, for whoever took it for a promise would work unpaid.
 */
export async function reserveCredits(
  identity: Identity,
  { actor }: Call,
  input: { accountId: string; reference: string; amount: number; expiresInSeconds: number },
) {
  const { accountId, reference, amount } = input
  return identity.database.transact(actor, async (transaction) => {
    const account = await requireAccount(transaction, { tenantId: actor.tenantId, accountId })
    const { balance, reserved } = await holdAccount(transaction, account)
    const known = await findReservation(transaction, account, reference)
    if (known !== undefined) {
      if (Number(known.amount) !== amount) throw new FlatRenderError('CREDIT_REFERENCE_REUSED', { reference })
      if (known.state !== 'held')
        throw new FlatRenderError('CREDIT_RESERVATION_ENDED', { reference, state: known.state })
      return describeReservation(known)
    }
    const available = balance - reserved
    if (amount > available) throw new FlatRenderError('CREDITS_SHORT', { needed: amount, available })
    await moveFunds(transaction, account, { balance: 0, reserved: amount })
    return describeReservation(await insertReservation(transaction, account, input))
  })
}
