import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import { enterAsOwner, isCode, openTestbed, type Testbed, visit } from '../testbed/open-testbed.ts'
import { openBentServer } from './testbed/bent-server.ts'
import { REDIRECT_URI } from './testbed/openid-server.ts'

let testbed: Testbed
let owner: Call
let server: Awaited<ReturnType<typeof openBentServer>>
before(async () => {
  testbed = await openTestbed({ localProviders: true, providerMilliseconds: 1500, discoverySeconds: 0 })
  server = await openBentServer()
  owner = await enterAsOwner(testbed)
  const { issuer } = server
  const said = { key: 'bent', kind: 'oidc', name: 'Bent', issuer, clientId: 'flatrender' } as const
  await testbed.client.oauth.createProvider({ ...said, redirectUris: [REDIRECT_URI] }, { context: owner })
})
after(async () => {
  await testbed?.close()
  await server?.close()
})

const context = { context: visit() }
const begin = async () => {
  const asked = { provider: 'bent', redirectUri: REDIRECT_URI }
  const { authorizationUrl, handle } = await testbed.client.oauth.begin(asked, context)
  const { searchParams } = new URL(authorizationUrl)
  const [state, nonce] = [searchParams.get('state')!, searchParams.get('nonce')!]
  return { nonce, end: { handle, state, code: 'any' } }
}

test('an ID token counts if issuer, client, nonce, time and signature are right', async () => {
  const { nonce, end } = await begin()
  server.bend({ nonce })
  assert.ok('accessToken' in (await testbed.client.oauth.finish(end, context)))
})

const wrongs = {
  'another issuer': { claims: { iss: 'https://another.example' } },
  'another client': { claims: { aud: 'somebody else' } },
  'another nonce': { claims: { nonce: 'of another login' } },
  'no nonce': { claims: { nonce: undefined } },
  'a time long past': { claims: { iat: 1, exp: 2 } },
  'no subject': { claims: { sub: undefined } },
  'another key': { key: 'another' },
} as const
for (const [what, wrong] of Object.entries(wrongs))
  test(`an ID token with ${what} proves nothing`, async () => {
    const { nonce, end } = await begin()
    server.bend({ nonce, ...wrong })
    await assert.rejects(testbed.client.oauth.finish(end, context), isCode('OAUTH_ANSWER_INVALID'))
  })

test('a server that calls itself another, or sends browsers where no login is, is refused', async () => {
  for (const [said, code] of [
    [{ issuer: 'https://another.example' }, 'OAUTH_ANSWER_INVALID'],
    [{ authorization_endpoint: 'javascript:alert(1)' }, 'OAUTH_ANSWER_INVALID'],
    [{ padding: 'x'.repeat(600_000) }, 'OAUTH_PROVIDER_UNREACHABLE'],
  ] as const) {
    server.describe(said)
    await assert.rejects(begin(), isCode(code))
  }
  server.describe({})
})

test('keys that are kept where nobody may look are not fetched', async () => {
  const { nonce, end } = await begin()
  server.describe({ jwks_uri: 'http://192.0.2.1/keys' })
  server.bend({ nonce })
  await assert.rejects(testbed.client.oauth.finish(end, context), isCode('OAUTH_PROVIDER_UNREACHABLE'))
  server.describe({})
})
