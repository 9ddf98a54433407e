import assert from 'node:assert/strict'
import { eventually, openApi } from '../testbed/api-client.ts'
import type { Opened } from './opened.ts'

const password = 'under the old bridge'

/** A switch into a tenant below ends within ten seconds of its login. */
export async function proveActing({ installation }: Opened): Promise<void> {
  const api = openApi(installation.url)
  const { ownerPassword } = installation
  const credentials = { email: 'owner@flatrender.local', password: ownerPassword }
  const { body: login } = await api('POST', '/auth/login', { body: credentials })
  const token = login.accessToken
  const owner = { email: 'nur@example.com', password }
  const body = { kind: 'customer', slug: 'nur', name: 'Nur', owner }
  const { body: tenant } = await api('POST', '/tenants', { token, body })

  const switched = await api('POST', `/tenants/${tenant.id}/act`, { token, body: {} })
  assert.equal(switched.status, 200, JSON.stringify(switched.body))
  const there = switched.body.accessToken
  const users = (slug?: string) =>
    api('GET', '/users', { token: there, ...(slug && { headers: { 'x-tenant': slug } }) })
  for (const answer of [await users(), await users('nur')]) {
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.deepEqual(
      answer.body.users.map(({ email }: { email: string }) => email),
      ['nur@example.com'],
    )
  }
  assert.equal((await users('flatrender')).status, 401)
  assert.equal((await api('GET', '/me', { token: there })).status, 403)
  const change = { token: there, body: { mailSenderName: 'Nur' } }
  assert.equal((await api('PATCH', '/branding', change)).body.mailSenderName, 'Nur')

  assert.equal((await api('POST', '/auth/logout', { token, body: {} })).status, 200)
  const out = await eventually(10, async () => {
    const answer = await users()
    return answer.status === 200 ? undefined : answer
  })
  assert.equal(out.body.code, 'ACCESS_TOKEN_INVALID')
}
