import type { Identity } from '../deps.ts'
import { deleteExpired } from './sessions-system-store.ts'

/** Removes sessions, tokens, invitations and counts that are of no use any more. */
export async function removeExpired(identity: Identity): Promise<void> {
  await identity.system.transact(deleteExpired)
}
