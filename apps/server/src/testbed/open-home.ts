import { deriveLogins } from '@flatrender/database'
import { openOwner } from '@flatrender/platform/postgres'
import { openSecretKeys, type SecretKeys } from '@flatrender/platform/secrets'

/** An installation's database as its owner sees it, beside whatever runs over it. */
export interface OpenHome {
  readonly keys: SecretKeys
  readonly ownerUrl: string
  close(): Promise<void>
}

/** Opens the database of an installation's folder by the key that lies there. */
export async function openHome(home: string): Promise<OpenHome> {
  const keys = await openSecretKeys(home, { present: undefined, former: undefined })
  const { signal } = new AbortController()
  const owner = await openOwner({ home, databaseUrl: undefined, signal, ...deriveLogins(keys) })
  return { keys, ownerUrl: owner.ownerUrl, close: () => owner.close() }
}
