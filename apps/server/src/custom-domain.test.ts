import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { openNameServer } from '@flatrender/platform/testkit'
import { eventually, openApi } from './testbed/api-client.ts'
import { makeHome } from './testbed/run-server.ts'
import { runShape } from './testbed/run-shape.ts'

const password = 'under the old bridge'

/** Whose branding a host shows; `fetch` lets nobody choose the host. */
function nameAt(url: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(`${url}/api/v1/branding/public`, { headers: { host } }, async (answer) => {
      const parts = await answer.setEncoding('utf8').toArray()
      resolve(JSON.parse(parts.join('')).name)
    })
      .on('error', reject)
      .end()
  })
}

test('a domain leads to its tenant within ten seconds of its proof, and no longer once it is given up', async () => {
  const names = await openNameServer()
  const { home, remove } = await makeHome()
  const installation = await runShape('together', home, { FLATRENDER_DNS_SERVERS: names.address })
  try {
    const { url, ownerPassword } = installation
    const api = openApi(url)
    const login = async (body: object, headers = {}) =>
      (await api('POST', '/auth/login', { body, headers })).body.accessToken
    const owner = await login({ email: 'owner@flatrender.local', password: ownerPassword })
    const body = { kind: 'customer', slug: 'nur', name: 'Nur', owner: { email: 'nur@example.com', password } }
    assert.equal((await api('POST', '/tenants', { token: owner, body })).status, 201)
    const token = await login({ email: 'nur@example.com', password }, { 'x-tenant': 'nur' })

    const set = await api('PUT', '/branding/domain', { token, body: { domain: 'Video.Example.com' } })
    assert.equal(set.status, 200, JSON.stringify(set.body))
    const verify = () => api('POST', '/branding/domain/verify', { token, body: {} })
    assert.equal((await verify()).body.code, 'DOMAIN_UNPROVEN')
    assert.equal(await nameAt(url, 'video.example.com'), 'FlatRender')

    names.texts.set(set.body.record.name, [set.body.record.value])
    assert.equal((await verify()).body.proven, true)
    const becomes = (name: string) =>
      eventually(10, async () => ((await nameAt(url, 'video.example.com')) === name ? true : undefined))
    await becomes('Nur')
    assert.equal(await nameAt(url, 'VIDEO.example.com:8443'), 'Nur')

    assert.equal((await api('DELETE', '/branding/domain', { token })).status, 200)
    await becomes('FlatRender')
  } finally {
    await installation.stop()
    await remove()
    await names.close()
  }
})
