import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { holdAccount, moveFunds } from './credit-accounts-store.ts'
import { findReservation, renewReservation } from './credit-reservations-store.ts'
import { describeReservation } from './describe-credits.ts'

/**
 * Promises for longer what was promised. One that expired meanwhile, by its time or written down, is promised again where
 * the account has as much. Errors: CREDIT_RESERVATION_UNKNOWN, CREDITS_SHORT, CREDIT_RESERVATION_ENDED for one that was
 * settled or released.
 */
export async function renewCredits(
  identity: Identity,
  { actor }: Call,
  input: { accountId: string; reference: string; expiresInSeconds: number },
) {
  const { accountId, reference, expiresInSeconds } = input
  const { tenantId } = actor
  const account = { tenantId, accountId }
  return identity.database.transact(actor, async (transaction) => {
    const { balance, reserved } = await holdAccount(transaction, account)
    const known = await findReservation(transaction, account, reference)
    if (known === undefined) throw new FlatRenderError('CREDIT_RESERVATION_UNKNOWN', { reference })
    const { id, state } = known
    if (state === 'settled' || state === 'released')
      throw new FlatRenderError('CREDIT_RESERVATION_ENDED', { reference, state })
    if (state === 'expired') {
      const [needed, available] = [Number(known.amount), balance - reserved]
      if (needed > available) throw new FlatRenderError('CREDITS_SHORT', { needed, available })
      await moveFunds(transaction, account, { balance: 0, reserved: needed })
    }
    return describeReservation(await renewReservation(transaction, { tenantId, id }, expiresInSeconds))
  })
}
