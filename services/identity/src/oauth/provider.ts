import type { Identity } from '../deps.ts'
import { unsealClientSecret } from './client-secret.ts'
import type { Discoveries } from './discoveries.ts'
import { openProviderFetch, type ProviderFetch } from './fetch-provider.ts'
import type { LoginSecrets } from './logins-store.ts'
import type { ProviderRow } from './providers-store.ts'

/** A provider as it is talked to. */
export interface Provider {
  readonly key: string
  readonly kind: 'oidc' | 'github'
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | undefined
  readonly scopes: readonly string[]
  /** May it speak plain HTTP, on this machine? */
  readonly local: boolean
  readonly fetch: ProviderFetch
  readonly discoveries: Discoveries
}

/** What a login begins and ends with. */
export interface LoginTrip {
  readonly redirectUri: string
  readonly state: string
  readonly secrets: LoginSecrets
}

/** What the browser came back with. */
export interface Arrival {
  readonly code: string
  /** Who the provider says it is (RFC 9207). */
  readonly iss: string | undefined
}

/** Somebody, as a provider tells. */
export interface Person {
  /** The provider's id of the person: it stays, whatever becomes of the address. */
  readonly subject: string
  /** Lacking or malformed: null. */
  readonly email: string | null
  readonly emailVerified: boolean
  readonly name: string
}

/** Opens a provider's row for talking to it. Errors: SECRET_UNREADABLE. */
export function openProvider(identity: Identity, tenantId: string, row: ProviderRow): Provider {
  const {
    localProviders: local = false,
    providerMilliseconds: milliseconds = 5000,
    secretKeys,
    report,
  } = identity
  const { key, kind, issuer, scopes, client_id: clientId, sealed_client_secret: sealed } = row
  return {
    key,
    kind,
    issuer,
    clientId,
    clientSecret:
      sealed === null ? undefined : unsealClientSecret(secretKeys, { tenantId, key, issuer }, sealed),
    scopes,
    local,
    fetch: openProviderFetch(key, { local, milliseconds, report }),
    discoveries: identity.discoveries,
  }
}
