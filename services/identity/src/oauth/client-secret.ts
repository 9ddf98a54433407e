import { type SecretKeys, seal, unseal } from '@flatrender/platform/secrets'

/** Whose secret it is: bound to the tenant, the provider's key and where it stands. */
export interface SecretPlace {
  readonly tenantId: string
  readonly key: string
  readonly issuer: string
}

/** Seals a provider's client secret. */
export function sealClientSecret(keys: SecretKeys, place: SecretPlace, secret: string): Buffer {
  return seal(keys, placeOf(place), secret)
}

/** Opens a provider's client secret. Errors: SECRET_UNREADABLE. */
export function unsealClientSecret(keys: SecretKeys, place: SecretPlace, sealed: Buffer): string {
  return unseal(keys, placeOf(place), sealed).toString()
}

function placeOf({ tenantId, key, issuer }: SecretPlace): string {
  return `identity.oauth_providers.sealed_client_secret:${JSON.stringify([tenantId, key, issuer])}`
}
