import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Api, eventually, joinTenant, openApi } from './testbed/api-client.ts'
import { makeHome } from './testbed/run-server.ts'
import { type Installation, runShape } from './testbed/run-shape.ts'

/** Seconds within which what was taken back is refused. */
const BITES = 10
let home: Awaited<ReturnType<typeof makeHome>>
let installation: Installation
let api: Api
let owner: string

before(async () => {
  home = await makeHome()
  installation = await runShape('together', home.home)
  api = openApi(installation.url)
  const body = { email: 'owner@flatrender.local', password: installation.ownerPassword }
  owner = (await api('POST', '/auth/login', { body })).body.accessToken
})
after(async () => {
  await installation?.stop()
  await home?.remove()
})

/** Asks until it is refused, and gives the refusal’s code. */
const untilRefused = (path: string, request: object): Promise<string> =>
  eventually(BITES, async () => {
    const { status, body } = await api('GET', path, request)
    return status === 200 ? undefined : body.code
  })

// Until it is known everywhere takes seconds: they wait together.
describe('what is taken back', { concurrency: true }, () => {
  test('a revoked key is refused within ten seconds', async () => {
    const body = { name: 'reader', scopes: ['tenants:read'] }
    const { key, id } = (await api('POST', '/api-keys', { token: owner, body })).body
    assert.equal((await api('GET', '/tenants', { token: key })).status, 200)
    assert.equal((await api('DELETE', `/api-keys/${id}`, { token: owner })).status, 200)
    assert.equal(await untilRefused('/tenants', { token: key }), 'ACCESS_TOKEN_INVALID')
  })

  test('a suspended user is refused within ten seconds', async () => {
    const { accessToken: token } = await joinTenant(api, home.home, 'sara@example.com')
    const me = await api('GET', '/me', { token })
    assert.equal(me.status, 200)
    const suspended = await api('POST', `/users/${me.body.id}/suspend`, { token: owner, body: {} })
    assert.equal(suspended.status, 200)
    assert.equal(await untilRefused('/me', { token }), 'ACCESS_TOKEN_INVALID')
  })

  test('a suspended tenant’s user, key and visitor are refused within ten seconds', async () => {
    const people = { email: 'nur@example.com', password: 'under the old bridge' }
    const made = await api('POST', '/tenants', {
      token: owner,
      body: { kind: 'reseller', slug: 'studio-nur', name: 'Studio Nur', owner: people },
    })
    const headers = { 'x-tenant': 'studio-nur' }
    const token = (await api('POST', '/auth/login', { headers, body: people })).body.accessToken
    const body = { name: 'reader', scopes: ['tenants:read'] }
    const { key } = (await api('POST', '/api-keys', { token, body })).body
    for (const who of [token, key]) assert.equal((await api('GET', '/tenants', { token: who })).status, 200)
    const suspended = await api('POST', `/tenants/${made.body.id}/suspend`, { token: owner, body: {} })
    assert.equal(suspended.status, 200)
    const refusals = await Promise.all([
      untilRefused('/tenants', { token }),
      untilRefused('/tenants', { token: key }),
      eventually(BITES, async () => {
        const login = await api('POST', '/auth/login', { headers, body: people })
        return login.status === 200 ? undefined : (login.body.code as string)
      }),
    ])
    // The key may be met by the list of what is revoked, or no longer be found.
    assert.ok(['TENANT_SUSPENDED', 'ACCESS_TOKEN_INVALID'].includes(refusals[1]))
    assert.deepEqual([refusals[0], refusals[2]], ['TENANT_SUSPENDED', 'TENANT_SUSPENDED'])
  })
})
