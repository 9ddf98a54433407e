import type { Identity } from '../deps.ts'
import { findRevocations, type Revocations } from './access-system-store.ts'

/** What access tokens and keys of the last minutes must no longer be believed. */
export async function listRevocations(identity: Identity): Promise<Revocations> {
  return identity.system.transact(findRevocations)
}
