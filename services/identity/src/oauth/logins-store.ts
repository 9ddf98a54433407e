import { placeOf } from '@flatrender/contracts/secrets'
import type { TenantTransaction } from '@flatrender/platform/db'
import { type SecretKeys, seal, unseal } from '@flatrender/platform/secrets'
import { sql } from 'kysely'
import { hashToken } from '../auth/opaque-token.ts'
import type { Tables } from '../tables.ts'

/** Minutes within which a login that began must end. */
const MINUTES = 10

/** What only we know of a login that has begun. */
export interface LoginSecrets {
  /** PKCE (RFC 7636). */
  readonly verifier: string
  /** Comes back in the ID token. */
  readonly nonce: string
}

/** A login that has begun. */
export interface BegunLogin {
  readonly providerId: string
  /** Who links an account to their own; null for a login. */
  readonly userId: string | null
  readonly redirectUri: string
  readonly secrets: LoginSecrets
}

/** The two tokens that a login is found by, both. */
interface LoginName {
  readonly tenantId: string
  readonly state: string
  readonly handle: string
}

/** Keeps a login that begins: hashes of its tokens, and its secrets sealed. */
export async function insertLogin(
  transaction: TenantTransaction<Tables>,
  keys: SecretKeys,
  { tenantId, state, handle }: LoginName,
  login: BegunLogin,
): Promise<void> {
  const hash = hashToken(state)
  await transaction
    .insertInto('identity.oauth_logins')
    .values({
      tenant_id: tenantId,
      provider_id: login.providerId,
      user_id: login.userId,
      state_hash: hash,
      handle_hash: hashToken(handle),
      redirect_uri: login.redirectUri,
      sealed_secrets: seal(keys, placeOfSecrets(hash), JSON.stringify(login.secrets)),
      expires_at: sql<Date>`now() + make_interval(mins => ${MINUTES})`,
    })
    .execute()
}

/**
 * Takes a login that has begun, once; undefined for one that is unknown, taken, expired, another browser's, or another's to
 * finish.
 */
export async function takeLogin(
  transaction: TenantTransaction<Tables>,
  keys: SecretKeys,
  { tenantId, state, handle }: LoginName,
  userId: string | null,
): Promise<BegunLogin | undefined> {
  const hash = hashToken(state)
  const row = await transaction
    .deleteFrom('identity.oauth_logins')
    .where('tenant_id', '=', tenantId)
    .where('state_hash', '=', hash)
    .where('handle_hash', '=', hashToken(handle))
    .where('user_id', 'is not distinct from', userId)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['provider_id', 'redirect_uri', 'sealed_secrets'])
    .executeTakeFirst()
  if (row === undefined) return undefined
  const secrets = JSON.parse(
    unseal(keys, placeOfSecrets(hash), row.sealed_secrets).toString(),
  ) as LoginSecrets
  return { providerId: row.provider_id, userId, redirectUri: row.redirect_uri, secrets }
}

/** Where a login's secrets are sealed. */
function placeOfSecrets(stateHash: Buffer) {
  return placeOf('identity.oauth_logins.sealed_secrets', { state_hash: stateHash })
}
