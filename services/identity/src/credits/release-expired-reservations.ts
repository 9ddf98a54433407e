import type { Identity } from '../deps.ts'
import { holdAccount } from './credit-accounts-store.ts'
import { findLateAccounts } from './credits-system-store.ts'

/** Writes down which reservations have expired, an account at a time; they count as free before that. */
export async function releaseExpiredReservations(identity: Identity): Promise<void> {
  const accounts = await identity.system.transact(findLateAccounts)
  for (const account of accounts)
    await identity.system.transact((transaction) => holdAccount(transaction, account))
}
