import assert from 'node:assert/strict'
import { eventually, joinTenant, openApi, readMails } from '../testbed/api-client.ts'
import type { Opened } from './opened.ts'

/** A person joins, is logged in, and is out within ten seconds. */
export async function proveJoining({ installation, home }: Opened): Promise<void> {
  const api = openApi(installation.url)
  const { accessToken, refreshToken } = await joinTenant(api, home, 'sara@example.com')
  const mails = await readMails(home, 'sara@example.com')
  assert.equal(mails.length, 1)

  const me = await api('GET', '/me', { token: accessToken })
  assert.equal(me.status, 200)
  assert.equal(me.body.email, 'sara@example.com')
  assert.deepEqual(me.body.roles, ['member'])
  assert.match(me.headers.get('ratelimit') ?? '', /^"user";r=\d+;t=\d+$/)

  const refreshed = await api('POST', '/auth/refresh', { body: { refreshToken } })
  assert.equal(refreshed.status, 200)
  const invalid = await api('PATCH', '/me', { token: accessToken, body: { name: 7 } })
  assert.equal(invalid.status, 400)
  assert.equal(invalid.body.code, 'REQUEST_INVALID')
  assert.match(invalid.body.title, /name/)
  assert.equal(invalid.headers.get('content-type'), 'application/problem+json; charset=utf-8')

  const metrics = () =>
    fetch(`${installation.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })
  assert.equal((await metrics()).status, 401)
  const counted = await (await fetch(`${installation.url}/metrics`)).text()
  assert.match(
    counted,
    /^flatrender_requests_total\{procedure="identity\.users\.me",method="GET",status="200"\} 1$/m,
  )

  assert.equal((await api('POST', '/auth/logout', { token: accessToken, body: {} })).status, 200)
  const out = await eventually(10, async () => {
    const answer = await api('GET', '/me', { token: accessToken })
    return answer.status === 200 ? undefined : answer
  })
  assert.equal(out.body.code, 'ACCESS_TOKEN_INVALID')
}
