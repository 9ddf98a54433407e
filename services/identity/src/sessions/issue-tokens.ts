import { ACCESS_TOKEN_SECONDS } from '@flatrender/contracts/identity'
import type { Identity } from '../deps.ts'
import { type AccessSubject, signAccessToken } from '../signing-keys/sign-access-token.ts'
import { openActiveKey, type SigningKey } from '../signing-keys/signing-keys-system-store.ts'
import { assertTenantActive } from '../tenants/tenants-system-store.ts'

/** What a login or a refresh gives. */
export interface Tokens {
  readonly accessToken: string
  /** Seconds. */
  readonly expiresIn: number
  readonly refreshToken: string
}

/** What is known of the tenant and of ourselves before anybody gets tokens. */
export interface PreparedTokens {
  /** The tenants above, nearest first. */
  readonly above: readonly string[]
  readonly key: SigningKey
}

/** Looks whether the tenant may have logins, and opens the key that signs. Errors: TENANT_SUSPENDED, SECRET_UNREADABLE. */
export async function prepareTokens(identity: Identity, tenantId: string): Promise<PreparedTokens> {
  return identity.system.transact(async (transaction) => {
    const { above } = await assertTenantActive(transaction, tenantId)
    return { above, key: await openActiveKey(transaction, identity.secretKeys) }
  })
}

/** Signs the access token that goes with a refresh token. */
export async function signTokens(
  { above, key }: PreparedTokens,
  { refreshToken, ...subject }: Omit<AccessSubject, 'above'> & { refreshToken: string },
): Promise<Tokens> {
  const accessToken = await signAccessToken(key, { ...subject, above })
  return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken }
}
