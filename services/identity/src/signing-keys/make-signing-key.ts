import { placeOf, type SealedPlace } from '@flatrender/contracts/secrets'
import { type SecretKeys, seal } from '@flatrender/platform/secrets'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'

/** A new pair of keys (Ed25519), as a row: the public half open, the private half sealed. It is named by its thumbprint (RFC 7638). */
export async function makeSigningKey(secretKeys: SecretKeys) {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const open = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(open)
  const secret = JSON.stringify(await exportJWK(pair.privateKey))
  return {
    kid,
    public_jwk: { ...open, kid, alg: 'EdDSA', use: 'sig' },
    sealed_private_key: seal(secretKeys, placeOfKey(kid), secret),
  }
}

/** What a sealed private key is bound to. */
export function placeOfKey(kid: string): SealedPlace {
  return placeOf('identity.signing_keys.sealed_private_key', { kid })
}
