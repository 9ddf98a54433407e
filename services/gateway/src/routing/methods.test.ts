import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { callInProcess } from '@flatrender/platform/service'
import { KEYS, openTestbed } from '../testbed/open-testbed.ts'
import { createProbe, probeContract } from '../testbed/probe-service.ts'
import { talk } from '../testbed/talk.ts'

let gateway: Awaited<ReturnType<typeof openTestbed>>
before(async () => {
  const probe = { contract: probeContract, client: callInProcess(createProbe()) }
  gateway = await openTestbed({ probe }, { requestTimeout: 1500, bodyLimit: 2000 })
})
after(() => gateway?.close())

const ID = '00000000-0000-7000-8000-000000000009'
const ask = (method: string, path: string, init: RequestInit = {}) =>
  fetch(`${gateway.url}/api/v1${path}`, { method, ...init })
const authorization = `Bearer ${KEYS.ours}`

/** The answer on a bare connection, its body read as a problem. */
async function hear(text: string) {
  const heard = await talk(gateway.port, text)
  const [head = '', body = ''] = heard.split('\r\n\r\n')
  assert.match(head, /content-type: application\/problem\+json/i, heard)
  const problem = JSON.parse(body.startsWith('{') ? body : (body.split('\r\n')[1] ?? '')) as {
    code: string
    status: number
    requestId: string
  }
  assert.match(head, new RegExp(`^HTTP/1\\.1 ${problem.status} `))
  assert.ok(head.toLowerCase().includes(`x-request-id: ${problem.requestId}`), heard)
  return { head, problem }
}

test('HEAD is GET without the body, and isn’t written down', async () => {
  const get = await ask('GET', `/probes/${ID}`, { headers: { authorization } })
  const head = await ask('HEAD', `/probes/${ID}`, { headers: { authorization } })
  assert.equal(get.status, 200)
  assert.equal(head.status, 200)
  assert.equal(await head.text(), '')
  for (const name of ['content-length', 'content-type', 'ratelimit-policy'])
    assert.equal(head.headers.get(name), get.headers.get(name), name)
  assert.equal((await ask('HEAD', `/probes/${ID}`)).status, 401)
  for (const path of ['/', '/docs', '/healthz', '/openapi.json'])
    assert.equal((await fetch(gateway.url + path, { method: 'HEAD' })).status, 200, path)
  await ask('OPTIONS', '/probes')
  await setTimeout(1200)
  assert.deepEqual([...new Set(gateway.logged.map(({ method }) => method))], ['GET'])
})

test('a method that a path doesn’t know is 405, and says which it does', async () => {
  for (const [method, path, allow] of [
    ['PUT', '/probes', 'OPTIONS, POST'],
    ['POST', `/probes/${ID}`, 'DELETE, GET, HEAD, OPTIONS'],
    ['DELETE', '/greeting', 'GET, HEAD, OPTIONS'],
  ] as const) {
    const body = method === 'DELETE' ? null : '{"not json'
    const answer = await ask(method, path, { body, headers: { 'content-type': 'application/json' } })
    assert.equal(answer.status, 405)
    assert.equal(answer.headers.get('allow'), allow)
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
    assert.equal(((await answer.json()) as { code: string }).code, 'METHOD_UNKNOWN')
  }
  for (const method of ['TRACE', 'PROPFIND', 'LINK'])
    assert.equal(
      (await hear(`${method} /api/v1/probes HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`)).problem
        .status,
      405,
    )
  assert.equal((await fetch(`${gateway.url}/docs`, { method: 'POST' })).status, 405)
})

test('OPTIONS says what a path knows; of an unknown one, that there is none', async () => {
  const known = await ask('OPTIONS', '/probes')
  assert.equal(known.status, 204)
  assert.equal(known.headers.get('allow'), 'OPTIONS, POST')
  const unknown = await ask('OPTIONS', '/nothing')
  assert.equal(unknown.status, 404)
  assert.equal(((await unknown.json()) as { code: string }).code, 'ROUTE_UNKNOWN')
})

test('nobody’s body is looked at before it is known who asks', async () => {
  const types = { 'content-type': 'application/json' }
  for (const [body, headers] of [
    ['{"not json', types],
    ['{"name":7}', types],
    [`{"name":"${'a'.repeat(5000)}"}`, types],
    ['a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
  ] as const) {
    assert.equal((await ask('POST', '/probes', { body, headers })).status, 401, body)
    const known = await ask('POST', '/probes', { body, headers: { ...headers, authorization } })
    assert.ok([400, 413, 415].includes(known.status), body)
  }
  assert.equal((await ask('DELETE', '/probes/not-an-id')).status, 401)
  assert.equal((await ask('DELETE', '/probes/not-an-id', { headers: { authorization } })).status, 403)
  assert.equal((await ask('GET', '/probes/not-an-id', { headers: { authorization } })).status, 400)
})

test('a body that is compressed, or no UTF-8, is refused: nothing is put in the place of what can’t be read', async () => {
  const send = async (body: Uint8Array<ArrayBuffer>, more = {}) => {
    const headers = { authorization, 'content-type': 'application/json', ...more }
    const answer = await ask('POST', '/probes', { body, headers })
    return [answer.status, ((await answer.json()) as { code?: string }).code]
  }
  const json = Buffer.from('{"name":"é"}')
  assert.deepEqual(await send(json), [201, undefined])
  assert.deepEqual(await send(json, { 'content-encoding': 'identity' }), [201, undefined])
  assert.deepEqual(await send(Buffer.from('{"name":"é"}', 'latin1')), [400, 'REQUEST_INVALID'])
  assert.deepEqual(await send(json, { 'content-encoding': 'gzip' }), [415, 'REQUEST_TYPE_UNKNOWN'])
})

test('heads that can’t be taken are problems: no host, no host’s name, what nobody can expect, tunnels', async () => {
  const close = 'connection: close\r\n\r\n'
  const cases: [string, string][] = [
    [`GET / HTTP/1.1\r\n${close}`, 'REQUEST_INVALID'],
    [`GET / HTTP/1.1\r\nhost: a b\r\n${close}`, 'REQUEST_INVALID'],
    [`GET / HTTP/1.1\r\nhost: a\r\nHost: b\r\n${close}`, 'REQUEST_INVALID'],
    ['GET /\r\n\r\n', 'REQUEST_INVALID'],
    ['GET / HTTP/0.9\r\n\r\n', 'REQUEST_INVALID'],
    [`GET / HTTP/1.1\r\nhost: ::::\r\n${close}`, 'REQUEST_INVALID'],
    [`GET / HTTP/1.1\r\nhost: a/../b\r\n${close}`, 'REQUEST_INVALID'],
    [`GET /%zz HTTP/1.1\r\nhost: a\r\n${close}`, 'REQUEST_INVALID'],
    [`GET /%00 HTTP/1.1\r\nhost: a\r\n${close}`, 'REQUEST_INVALID'],
    [`GET /nothing HTTP/1.1\r\nhost: a\r\n${close}`, 'ROUTE_UNKNOWN'],
    [`GET / HTTP/1.1\r\nhost: a\r\nexpect: wonders\r\n${close}`, 'REQUEST_EXPECTATION_UNKNOWN'],
    ['CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n', 'METHOD_UNKNOWN'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'REQUEST_INVALID'],
    ['BREW / HTTP/1.1\r\nhost: a\r\n\r\n', 'REQUEST_INVALID'],
    [`GET / HTTP/1.1\r\nhost: a\r\nx-long: ${'a'.repeat(40_000)}\r\n\r\n`, 'REQUEST_HEADERS_TOO_LARGE'],
    [
      'POST /api/v1/probes HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n',
      'REQUEST_INVALID',
    ],
  ]
  for (const [text, code] of cases) assert.equal((await hear(text)).problem.code, code, text.slice(0, 80))
})

test('HTTP/1.0 without a host is answered, and an upgrade that we don’t know is left out', async () => {
  assert.match(
    await talk(gateway.port, 'GET /api/v1/greeting HTTP/1.0\r\n\r\n'),
    /^HTTP\/1\.1 200 [\s\S]*good day/,
  )
  const upgrade =
    'GET /api/v1/greeting HTTP/1.1\r\nhost: a\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n'
  assert.match(await talk(gateway.port, upgrade), /^HTTP\/1\.1 200 [\s\S]*good day/)
})

test('whoever waits for 100 Continue hears the refusal first', async () => {
  const head = (more: string) =>
    `POST /api/v1/probes HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 12\r\nexpect: 100-continue\r\n${more}\r\n`
  const refused = await talk(gateway.port, head(''))
  assert.match(refused, /^HTTP\/1\.1 401 /)
  const wanted = await talk(gateway.port, head(`authorization: ${authorization}\r\n`), '{"name":"a"}')
  assert.match(wanted, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /)
})

test('a body that comes too slowly is ended, work that takes longer isn’t', async () => {
  const head = `POST /api/v1/probes HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\n`
  const slow = await hear(`${head}content-length: 100\r\n\r\n{"name":`)
  assert.equal(slow.problem.code, 'REQUEST_LATE')
  const headers = { authorization, 'content-type': 'application/json' }
  const long = await ask('POST', '/probes', { headers, body: '{"name":"long","wait":4000}' })
  assert.equal(long.status, 201)
})

test('nothing of all this was a bug', () => assert.deepEqual(gateway.errors, []))
