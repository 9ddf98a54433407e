import assert from 'node:assert/strict'
import { request } from 'node:http'
import { eventually, openApi } from '../testbed/api-client.ts'
import type { Opened } from './opened.ts'

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

/** A domain leads to its tenant within ten seconds of its proof, and no longer once it is given up. */
export async function proveDomain({ installation, names }: Opened): Promise<void> {
  const { url, ownerPassword } = installation
  const api = openApi(url)
  const login = async (body: object, headers = {}) =>
    (await api('POST', '/auth/login', { body, headers })).body.accessToken
  const owner = await login({ email: 'owner@flatrender.local', password: ownerPassword })
  const body = {
    kind: 'customer',
    slug: 'bahar',
    name: 'Bahar',
    owner: { email: 'bahar@example.com', password },
  }
  assert.equal((await api('POST', '/tenants', { token: owner, body })).status, 201)
  const token = await login({ email: 'bahar@example.com', password }, { 'x-tenant': 'bahar' })

  const set = await api('PUT', '/branding/domain', { token, body: { domain: 'Video.Example.com' } })
  assert.equal(set.status, 200, JSON.stringify(set.body))
  const verify = () => api('POST', '/branding/domain/verify', { token, body: {} })
  assert.equal((await verify()).body.code, 'DOMAIN_UNPROVEN')
  assert.equal(await nameAt(url, 'video.example.com'), 'FlatRender')

  names.texts.set(set.body.record.name, [set.body.record.value])
  assert.equal((await verify()).body.proven, true)
  const becomes = (name: string) =>
    eventually(10, async () => ((await nameAt(url, 'video.example.com')) === name ? true : undefined))
  await becomes('Bahar')
  assert.equal(await nameAt(url, 'VIDEO.example.com:8443'), 'Bahar')

  assert.equal((await api('DELETE', '/branding/domain', { token })).status, 200)
  await becomes('FlatRender')
}
