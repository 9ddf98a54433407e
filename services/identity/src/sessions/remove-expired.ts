import type { Identity } from '../deps.ts'
import { deleteExpired } from './sessions-system-store.ts'

/** Removes sessions, tokens and counts of failures that are long of no use. */
export async function removeExpired(identity: Identity): Promise<void> {
  await identity.system.transact(deleteExpired)
}
