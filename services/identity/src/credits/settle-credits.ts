import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { countCredits } from '../usage/usage-store.ts'
import { holdAccount, moveFunds } from './credit-accounts-store.ts'
import { insertEntry } from './credit-entries-store.ts'
import { endReservation, findReservation } from './credit-reservations-store.ts'
import { describeReservation } from './describe-credits.ts'

/**
 * Takes what the work cost out of what was promised; the rest is free again. Errors: CREDIT_RESERVATION_UNKNOWN,
 * CREDIT_RESERVATION_ENDED where it was released or expired, CREDIT_REFERENCE_REUSED where it was settled for another
 * amount, CREDITS_SHORT for more than was promised.
 */
export async function settleCredits(
  identity: Identity,
  { actor }: Call,
  { accountId, reference, amount }: { accountId: string; reference: string; amount: number },
) {
  const { tenantId } = actor
  const account = { tenantId, accountId }
  return identity.database.transact(actor, async (transaction) => {
    await holdAccount(transaction, account)
    const known = await findReservation(transaction, account, reference)
    if (known === undefined) throw new FlatRenderError('CREDIT_RESERVATION_UNKNOWN', { reference })
    const { id, state } = known
    const reserved = Number(known.amount)
    if (state === 'settled') {
      if (Number(known.settled_amount) !== amount)
        throw new FlatRenderError('CREDIT_REFERENCE_REUSED', { reference })
      return describeReservation(known)
    }
    if (state !== 'held') throw new FlatRenderError('CREDIT_RESERVATION_ENDED', { reference, state })
    if (amount > reserved) throw new FlatRenderError('CREDITS_SHORT', { needed: amount, available: reserved })
    const funds = await moveFunds(transaction, account, { balance: -amount, reserved: -reserved })
    await insertEntry(transaction, account, {
      kind: 'settle',
      amount: -amount,
      balanceAfter: funds.balance,
      reference,
      reason: null,
    })
    await countCredits(transaction, account, amount)
    return describeReservation(
      await endReservation(transaction, { tenantId, id }, { state: 'settled', amount }),
    )
  })
}
