import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACCESS_TOKEN_AUDIENCE } from '@flatrender/contracts/identity'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { openApi } from './testbed/api-client.ts'
import { makeHome, passwordOf, runServer, urlOf } from './testbed/run-server.ts'

test('any program proves an access token by the public keys, of which the next is shown before it signs', async () => {
  const { home, remove } = await makeHome()
  const server = runServer({ FLATRENDER_HOME: home })
  try {
    const url = await urlOf(server)
    const body = { email: 'owner@flatrender.local', password: await passwordOf(server) }
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
  } finally {
    await server.stop()
    await remove()
  }
})
