import { randomUUID } from 'node:crypto'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { ACCESS_TOKEN_AUDIENCE } from '@flatrender/contracts/identity'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** Signs access tokens as the identity service does, with a key of a test's own. */
export async function openSigner() {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const kid = 'test'
  return {
    /** As the gateway asks for it. */
    publicKey: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' },
    /** A token of some user of the default tenant. */
    sign: ({ expired = false } = {}) =>
      new SignJWT({ tenant: DEFAULT_TENANT_ID, above: [], session: randomUUID(), permissions: [] })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setSubject(randomUUID())
        .setIssuer(ACCESS_TOKEN_AUDIENCE)
        .setAudience(ACCESS_TOKEN_AUDIENCE)
        .setExpirationTime(expired ? '1 minute ago' : '10 minutes')
        .sign(privateKey),
  }
}
