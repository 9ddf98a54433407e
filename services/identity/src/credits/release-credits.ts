import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Identity } from '../deps.ts'
import { holdAccount, moveFunds } from './credit-accounts-store.ts'
import { endReservation, findReservation } from './credit-reservations-store.ts'
import { describeReservation } from './describe-credits.ts'

/**
 * Frees what was promised. One that is free already, released or expired, stays as it is.
 * Errors: CREDIT_RESERVATION_UNKNOWN, CREDIT_RESERVATION_ENDED for one that was settled.
 */
export async function releaseCredits(
  identity: Identity,
  { actor }: Call,
  { accountId, reference }: { accountId: string; reference: string },
) {
  const { tenantId } = actor
  const account = { tenantId, accountId }
  return identity.database.transact(actor, async (transaction) => {
    await holdAccount(transaction, account)
    const known = await findReservation(transaction, account, reference)
    if (known === undefined) throw new FlatRenderError('CREDIT_RESERVATION_UNKNOWN', { reference })
    const { id, state } = known
    if (state === 'settled') throw new FlatRenderError('CREDIT_RESERVATION_ENDED', { reference, state })
    if (state !== 'held') return describeReservation(known)
    await moveFunds(transaction, account, { balance: 0, reserved: -Number(known.amount) })
    return describeReservation(await endReservation(transaction, { tenantId, id }, { state: 'released' }))
  })
}
