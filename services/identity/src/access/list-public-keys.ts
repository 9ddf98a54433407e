import type { Identity } from '../deps.ts'
import { findPublicKeys, openActiveKey } from '../signing-keys/signing-keys-system-store.ts'

/** The public halves of the keys that sign access tokens (RFC 7517). Makes the first, so that there always is one. */
export async function listPublicKeys(identity: Identity) {
  const keys = await identity.system.transact(async (transaction) => {
    await openActiveKey(transaction, identity.secretKeys)
    return findPublicKeys(transaction)
  })
  return { keys }
}
