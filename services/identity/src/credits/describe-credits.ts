import type { EntryRow } from './credit-entries-store.ts'
import type { ReservationRow } from './credit-reservations-store.ts'

/** An entry of the ledger as its account sees it. */
export function describeEntry(row: EntryRow) {
  const { id, kind, reference, reason } = row
  return {
    id,
    kind,
    amount: Number(row.amount),
    balanceAfter: Number(row.balance_after),
    reference,
    reason,
    createdAt: row.created_at.toISOString(),
  }
}

/** A reservation as services see it. */
export function describeReservation(row: ReservationRow) {
  const { reference, state } = row
  return {
    accountId: row.account_id,
    reference,
    amount: Number(row.amount),
    state,
    settledAmount: row.settled_amount === null ? null : Number(row.settled_amount),
    expiresAt: row.expires_at.toISOString(),
  }
}
