import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { holdAccount } from './credit-accounts-store.ts'
import {
  endReservation,
  findReservation,
  insertReservation,
  lessenReservation,
} from './credit-reservations-store.ts'
import { describeReservation } from './describe-credits.ts'

/**
 * Promises a part of a reservation to a piece of the same work, under a reference of its own. Asked again while it is held,
 * the same promise is given. Errors: CREDIT_RESERVATION_UNKNOWN and CREDIT_RESERVATION_ENDED of the one that is split,
 * CREDITS_SHORT for more than is left of it, CREDIT_REFERENCE_REUSED, CREDIT_RESERVATION_ENDED of the part.
 */
export async function splitCredits(
  identity: Identity,
  { actor }: Call,
  input: { accountId: string; from: string; reference: string; amount: number; expiresInSeconds: number },
) {
  const { accountId, from, reference, amount } = input
  const { tenantId } = actor
  const account = { tenantId, accountId }
  return identity.database.transact(actor, async (transaction) => {
    await holdAccount(transaction, account)
    const known = await findReservation(transaction, account, reference)
    if (known !== undefined) {
      if (Number(known.amount) !== amount) throw new FlatRenderError('CREDIT_REFERENCE_REUSED', { reference })
      if (known.state !== 'held')
        throw new FlatRenderError('CREDIT_RESERVATION_ENDED', { reference, state: known.state })
      return describeReservation(known)
    }
    const whole = await findReservation(transaction, account, from)
    if (whole === undefined) throw new FlatRenderError('CREDIT_RESERVATION_UNKNOWN', { reference: from })
    if (whole.state !== 'held')
      throw new FlatRenderError('CREDIT_RESERVATION_ENDED', { reference: from, state: whole.state })
    const available = Number(whole.amount)
    if (amount > available) throw new FlatRenderError('CREDITS_SHORT', { needed: amount, available })
    // The account's promises stay as many as they were: what one gives up, the other has.
    const name = { tenantId, id: whole.id }
    if (amount === available) await endReservation(transaction, name, { state: 'released' })
    else await lessenReservation(transaction, name, amount)
    return describeReservation(await insertReservation(transaction, account, input))
  })
}
