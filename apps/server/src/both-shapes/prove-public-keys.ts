import assert from 'node:assert/strict'
import { ACCESS_TOKEN_AUDIENCE } from '@flatrender/contracts/identity'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { openApi } from '../testbed/api-client.ts'
import type { Opened } from './opened.ts'

/** Any program proves an access token by the public keys, of which the next is shown before it signs. */
export async function provePublicKeys({ installation }: Opened): Promise<void> {
  const { url, ownerPassword } = installation
  const body = { email: 'owner@flatrender.local', password: ownerPassword }
  const { accessToken } = (await openApi(url)('POST', '/auth/login', { body })).body
  const address = new URL(`${url}/.well-known/jwks.json`)
  const { payload } = await jwtVerify(accessToken, createRemoteJWKSet(address), {
    issuer: ACCESS_TOKEN_AUDIENCE,
    audience: ACCESS_TOKEN_AUDIENCE,
  })
  assert.equal(typeof payload.sub, 'string')
  const { keys } = (await (await fetch(address)).json()) as { keys: object[] }
  assert.equal(keys.length, 2)
  for (const key of keys) assert.ok(!('d' in key))
}
