import { placeOf } from '@flatrender/contracts/secrets'
import { type SecretKeys, seal, unseal } from '@flatrender/platform/secrets'

/** Whose secret it is: bound to the tenant, the provider's key and where it stands. */
export interface SecretPlace {
  readonly tenantId: string
  readonly key: string
  readonly issuer: string
}

/** Seals a provider's client secret. */
export function sealClientSecret(keys: SecretKeys, place: SecretPlace, secret: string): Buffer {
  return seal(keys, placeOfSecret(place), secret)
}

/** Opens a provider's client secret. Errors: SECRET_UNREADABLE. */
export function unsealClientSecret(keys: SecretKeys, place: SecretPlace, sealed: Buffer): string {
  return unseal(keys, placeOfSecret(place), sealed).toString()
}

function placeOfSecret({ tenantId, key, issuer }: SecretPlace) {
  return placeOf('identity.oauth_providers.sealed_client_secret', { tenant_id: tenantId, key, issuer })
}
