import type { Identity } from '../deps.ts'
import { rotateKeys } from './signing-keys-system-store.ts'

/** Lets the next signing key sign once its time has come, and publishes the one after it. Says whether it had. */
export async function rotateSigningKeys(identity: Identity): Promise<boolean> {
  return identity.system.transact((transaction) => rotateKeys(transaction, identity.secretKeys))
}
