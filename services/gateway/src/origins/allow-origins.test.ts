import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callInProcess } from '@flatrender/platform/service'
import { KEYS, openTestbed, STUDIO } from '../testbed/open-testbed.ts'
import { createProbe, probeContract } from '../testbed/probe-service.ts'

let gateway: Awaited<ReturnType<typeof openTestbed>>
before(async () => {
  const probe = { contract: probeContract, client: callInProcess(createProbe()) }
  gateway = await openTestbed({ probe }, { trustedProxies: ['127.0.0.1'], visitorLimit: 20 })
})
after(() => gateway?.close())

const theirs = { 'x-forwarded-host': STUDIO.host, origin: STUDIO.origin }
const ask = (path: string, headers: Record<string, string>, method = 'GET', body: string | null = null) =>
  fetch(`${gateway.url}/api/v1${path}`, { method, headers, body })
const corsOf = ({ headers }: Response) => [...headers].filter(([name]) => name.startsWith('access-control-'))
const preflight = (path: string, headers: Record<string, string>) =>
  ask(path, { 'access-control-request-method': 'POST', ...headers }, 'OPTIONS')

test('a tenant’s own page may read the answer, its headers too, and sends no cookies', async () => {
  const answer = await ask('/greeting', theirs)
  assert.equal(answer.status, 200)
  assert.deepEqual(Object.fromEntries(corsOf(answer)), {
    'access-control-allow-origin': STUDIO.origin,
    'access-control-expose-headers':
      'accept-ranges, content-disposition, content-length, content-range, etag, location, ratelimit, ratelimit-policy, retry-after, x-request-id',
  })
  assert.equal(answer.headers.get('vary'), 'Origin')
})

test('pages of others get the same answer without a word of CORS', async () => {
  for (const origin of [
    'https://evil.example',
    `${STUDIO.origin}.evil.example`,
    'http://app.studio.example',
    `${STUDIO.origin}:8443`,
    'https://APP.studio.example',
    'null',
  ]) {
    const answer = await ask('/greeting', { ...theirs, origin })
    assert.equal(answer.status, 200, origin)
    assert.deepEqual(corsOf(answer), [], origin)
    assert.equal(answer.headers.get('vary'), 'Origin')
  }
  assert.deepEqual(corsOf(await ask('/greeting', { origin: STUDIO.origin })), [])
  assert.notDeepEqual(corsOf(await ask('/greeting', { origin: STUDIO.origin, 'x-tenant': STUDIO.slug })), [])
})

test('failures may be read as well', async () => {
  const json = { ...theirs, 'content-type': 'application/json' }
  const authorization = `Bearer ${KEYS.theirs}`
  const failures: [Response, number][] = [
    [await ask('/probes', json, 'POST', '{}'), 401],
    [await ask('/probes', { ...json, authorization: 'Bearer fr_live_wrong' }, 'POST', '{}'), 401],
    [await ask('/probes', { ...json, authorization }, 'POST', '{"name":'), 400],
    [await ask('/probes', { ...json, authorization }, 'POST', '{}'), 400],
    [await ask('/probes', { ...theirs, authorization }, 'POST', 'a=b'), 415],
    [await ask('/nothing', theirs), 404],
    [await ask('/greeting', theirs, 'DELETE'), 405],
  ]
  for (const [answer, status] of failures) {
    assert.equal(answer.status, status)
    assert.equal(answer.headers.get('access-control-allow-origin'), STUDIO.origin, String(status))
  }
})

test('a browser’s question is answered by tenant, with the methods of the path', async () => {
  const asked = { 'access-control-request-headers': 'authorization,content-type' }
  const own = await preflight('/probes', { ...theirs, ...asked })
  assert.equal(own.status, 204)
  assert.deepEqual(Object.fromEntries(corsOf(own)), {
    'access-control-allow-origin': STUDIO.origin,
    'access-control-allow-methods': 'OPTIONS, POST',
    'access-control-allow-headers':
      'authorization, content-type, idempotency-key, if-match, if-none-match, if-range, last-event-id, range, traceparent, x-tenant',
    'access-control-max-age': '600',
  })
  assert.match(own.headers.get('vary') ?? '', /^Origin, /)
  const foreign = await preflight('/probes', { ...theirs, ...asked, origin: 'https://evil.example' })
  assert.equal(foreign.status, 204)
  assert.deepEqual(corsOf(foreign), [])
  const evil = { origin: 'https://evil.example', 'access-control-request-headers': 'x-tenant' }
  assert.deepEqual(corsOf(await preflight('/probes', { ...theirs, ...evil })), [])
  const unnamed = { origin: STUDIO.origin, 'access-control-request-headers': 'content-type, x-tenant' }
  assert.notDeepEqual(corsOf(await preflight('/probes', unnamed)), [])
})

test('a refusal for too many requests may be read by the pages of a tenant that was known', async () => {
  let answer: Response
  do answer = await ask('/greeting', theirs)
  while (answer.status === 200)
  assert.equal(answer.status, 429)
  assert.equal(answer.headers.get('access-control-allow-origin'), STUDIO.origin)
  assert.ok(answer.headers.has('retry-after'))
})
