import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { listProcedures, rolePermissions } from '@flatrender/contracts/call'
import { NODE_API_PREFIX, NODE_TOKEN_AUDIENCE, nodeContract } from '@flatrender/contracts/node'
import { exposedContracts } from '@flatrender/service-gateway'
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { type Api, joinTenant, openApi } from './testbed/api-client.ts'
import { makeHome } from './testbed/run-server.ts'
import { type Installation, runShape } from './testbed/run-shape.ts'

let home: Awaited<ReturnType<typeof makeHome>>
let installation: Installation
let api: Api
let owner: string
let member: string
let foreign: string

before(async () => {
  home = await makeHome()
  installation = await runShape('together', home.home, {
    FLATRENDER_GATEWAY_BODY_BYTES: '20000',
    FLATRENDER_GATEWAY_REQUEST_SECONDS: '2',
    FLATRENDER_GATEWAY_VISITOR_LIMIT: '2000',
  })
  api = openApi(installation.url)
  const login = (email: string, password: string, headers = {}) =>
    api('POST', '/auth/login', { body: { email, password }, headers })
  owner = (await login('owner@flatrender.local', installation.ownerPassword)).body.accessToken
  member = (await joinTenant(api, home.home, 'sara@example.com')).accessToken
  const body = {
    kind: 'reseller',
    slug: 'studio-nur',
    name: 'Studio Nur',
    owner: { email: 'nur@example.com', password: 'under the old bridge' },
  }
  assert.equal((await api('POST', '/tenants', { token: owner, body })).status, 201)
  const theirs = { 'x-tenant': 'studio-nur' }
  foreign = (await login('nur@example.com', 'under the old bridge', theirs)).body.accessToken
})

after(async () => {
  await installation?.stop()
  await home?.remove()
})

const mayMembers = (access: string) => rolePermissions.member.some((permission) => permission === access)
/** Every procedure that the gateway shows: a new one can't escape. */
const shown = Object.entries(exposedContracts).flatMap(([name, contract]) => listProcedures(contract, name))
const guarded = () => shown.filter(({ access }) => access !== 'anyone')
const at = (path: string, id = '00000000-0000-7000-8000-000000000000') => path.replaceAll('{id}', id)
const bodyFor = (method: string) => (method === 'GET' || method === 'DELETE' ? {} : { body: {} })

test('every route that needs somebody refuses nobody', async () => {
  assert.ok(guarded().length >= 10)
  for (const { method, path } of guarded()) {
    const { status } = await api(method, at(path), bodyFor(method))
    assert.equal(status, 401, `${method} ${path}`)
  }
})

test('no token that we didn’t sign, or not for this, opens any route', async () => {
  const claims = JSON.parse(Buffer.from(owner.split('.')[1]!, 'base64url').toString())
  const { kid } = JSON.parse(Buffer.from(owner.split('.')[0]!, 'base64url').toString())
  const { privateKey } = await generateKeyPair('Ed25519')
  const forged = (payload: object) =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey)
  const [head, payload, signature] = owner.split('.')
  const raised = Buffer.from(JSON.stringify({ ...claims, permissions: ['tenants:write'] })).toString(
    'base64url',
  )
  const tokens = {
    none: new UnsecuredJWT(claims).encode(),
    'wrong key': await forged(claims),
    expired: await forged({ ...claims, exp: 1 }),
    'changed claims': `${head}.${raised}.${signature}`,
    'no signature': `${head}.${payload}.`,
    'symmetric with the public key': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid })
      .sign(new TextEncoder().encode(kid)),
    rubbish: 'fr_live_abcdefgh_rubbish',
    'very long': 'a'.repeat(5000),
  }
  for (const { method, path } of guarded())
    for (const [what, token] of Object.entries(tokens)) {
      const { status, body } = await api(method, at(path), { token, ...bodyFor(method) })
      assert.equal(status, 401, `${what} on ${method} ${path}: ${JSON.stringify(body)}`)
    }
})

test('another tenant’s token is none in this one', async () => {
  const headers = { 'x-tenant': 'flatrender' }
  for (const { method, path } of guarded()) {
    const { status } = await api(method, at(path), { token: foreign, headers, ...bodyFor(method) })
    assert.equal(status, 401, `${method} ${path}`)
  }
})

test('the nodes’ door opens to nothing that people and programs have', async () => {
  const routes = listProcedures(nodeContract, 'node').filter(({ access }) => access !== 'anyone')
  assert.ok(routes.length >= 6)
  const claims = { sub: '00000000-0000-7000-8000-000000000000', aud: NODE_TOKEN_AUDIENCE }
  const { privateKey } = await generateKeyPair('Ed25519')
  const forged = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA' })
    .setExpirationTime('30 s')
    .sign(privateKey)
  const key = await api('POST', '/api-keys', { token: owner, body: { name: 'k', scopes: ['nodes:write'] } })
  const tokens = { nothing: undefined, owner, member, foreign, key: key.body.key, forged }
  for (const { method, path } of routes)
    for (const [what, token] of Object.entries(tokens)) {
      const { status, body } = await api(method, path, { token, body: {}, prefix: NODE_API_PREFIX })
      assert.equal(status, 401, `${what} on ${method} ${path}`)
      assert.match(body.code, /^NODE_(UNKNOWN|SIGNATURE_STALE)$/)
    }
  for (const { method, path } of guarded())
    assert.equal((await api(method, at(path), { token: forged, ...bodyFor(method) })).status, 401)
})

test('a member is refused what only owners may', async () => {
  const above = guarded().filter(({ access }) => !mayMembers(access))
  assert.ok(above.length >= 6)
  for (const { method, path } of above) {
    const { status } = await api(method, at(path), { token: member, ...bodyFor(method) })
    assert.equal(status, 403, `${method} ${path}`)
  }
})

test('ids of another tenant, and of another member, are nobody’s', async () => {
  const key = await api('POST', '/api-keys', { token: owner, body: { name: 'mine', scopes: ['self:read'] } })
  const sessions = await api('GET', '/me/sessions', { token: owner })
  const tenants = await api('GET', '/tenants', { token: owner })
  const { id: accountId } = (await api('GET', '/me', { token: owner })).body
  const grant = { accountId, amount: 10, reference: 'security' }
  await api('POST', '/credits/grants', { token: owner, body: grant })
  const render = await api('POST', '/renders', { token: owner, body: { template: 'logo-reveal' } })
  assert.equal(render.status, 202)
  const ids = [
    key.body.id,
    sessions.body.sessions[0].id,
    render.body.id,
    ...tenants.body.tenants.map(({ id }: { id: string }) => id),
  ]
  const routes = guarded().filter(({ path }) => path.includes('{id}'))
  assert.ok(routes.length >= 4)
  for (const { method, path } of routes)
    for (const id of ids)
      for (const token of [foreign, member]) {
        const { status, body } = await api(method, at(path, id), { token, ...bodyFor(method) })
        const refused = status === 403 || status === 404 || body.code === 'REQUEST_INVALID'
        assert.ok(refused, `${method} ${at(path, id)} answers ${status}`)
      }
  const list = await api('GET', '/api-keys', { token: foreign })
  assert.deepEqual(list.body.keys, [])
  assert.equal((await api('GET', '/me', { token: key.body.key })).status !== 500, true)
})

test('SQL and header injection are only text', async () => {
  const texts = ["' or 1=1 --", '"; drop table identity.users; --', '\\u0000', '{{7*7}}', '../../etc/passwd']
  for (const text of texts) {
    const login = await api('POST', '/auth/login', { body: { email: `${text}@example.com`, password: text } })
    assert.ok([400, 401].includes(login.status), `${text}: ${login.status}`)
    const tenant = await api('GET', '/me', {
      token: owner,
      headers: { 'x-tenant': encodeURIComponent(text) },
    })
    assert.ok([401, 404].includes(tenant.status), `${text}: ${tenant.status}`)
    const changed = await api('PATCH', '/me', { token: member, body: { name: text } })
    assert.equal(changed.status, 200)
    assert.equal(changed.body.name, text)
  }
  const zero = await api('PATCH', '/me', { token: member, body: { name: 'a\u0000b' } })
  assert.equal(zero.status, 400)
})

test('bodies that are too large, malformed or of another type are refused in our words', async () => {
  const url = `${installation.url}/api/v1/auth/login`
  const post = (body: string, type = 'application/json') =>
    fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
  const cases: [Response, number][] = [
    [await post(`{"email":"${'a'.repeat(30_000)}"}`), 413],
    [await post('{"email":'), 400],
    [await post('{"__proto__":{"a":1},"email":"a@example.com","password":"b"}'), 400],
    [await post('email=a', 'application/x-www-form-urlencoded'), 415],
    [await post('[]'), 400],
    [await post('null'), 400],
    [await post(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`), 400],
  ]
  for (const [answer, status] of cases) {
    const body = (await answer.json()) as { code: string; requestId: string }
    assert.equal(answer.status, status, JSON.stringify(body))
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
    assert.match(body.code, /^REQUEST_/)
    assert.equal(body.requestId, answer.headers.get('x-request-id'))
  }
})

test('who sends too slowly, or no HTTP, is answered and let go', async () => {
  const { hostname, port } = new URL(installation.url)
  const talk = async (text: string) => {
    const socket = connect(Number(port), hostname)
    let heard = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk
    })
    socket.write(text)
    await once(socket, 'close')
    return heard
  }
  const slow =
    'POST /api/v1/auth/login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{'
  assert.match(await talk(slow), /^HTTP\/1\.1 408 /)
  assert.match(
    await talk('\u0016\u0003\u0001 this is not HTTP\r\n\r\n'),
    /^HTTP\/1\.1 400 [\s\S]*problem\+json/,
  )
  const long = `GET / HTTP/1.1\r\nhost: a\r\nx-long: ${'a'.repeat(40_000)}\r\n\r\n`
  assert.match(await talk(long), /^HTTP\/1\.1 431 /)
})

test('what a request claims of itself doesn’t hold up the log of the others', async () => {
  const { hostname, port } = new URL(installation.url)
  const socket = connect(Number(port), hostname)
  socket.write(
    'GET /api/v1/me HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 9007199254740999\r\n\r\n',
  )
  await once(socket, 'data')
  socket.destroy()
  await setTimeout(1500)
  assert.doesNotMatch(installation.processes[0]!.output(), /request log/)
})

test('forged forwarding headers change neither address nor tenant', async () => {
  const left = async (headers: Record<string, string>) => {
    const answer = await api('POST', '/auth/verify-email', { headers, body: { token: 'x'.repeat(30) } })
    return Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1])
  }
  const first = await left({})
  const second = await left({ 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' })
  assert.equal(second, first - 1)
  const elsewhere = { 'x-forwarded-host': 'studio-nur.example', 'x-tenant': '' }
  assert.equal((await api('GET', '/me', { token: owner, headers: elsewhere })).status, 200)
  const sessions = await api('GET', '/me/sessions', { token: owner })
  for (const { address } of sessions.body.sessions)
    assert.match(address, /^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)/)
})

test('unknown routes, methods and broken paths are problems too', async () => {
  for (const [method, path] of [
    ['GET', '/nothing'],
    ['PUT', '/auth/login'],
    ['GET', '/%zz'],
    ['GET', '/internal/rpc/identity/access/jwks'],
    ['GET', '/access/jwks'],
  ] as const) {
    const { status, body } = await api(method, path)
    assert.ok([400, 404, 405].includes(status), `${method} ${path}: ${status}`)
    assert.match(body.code, /^(ROUTE_UNKNOWN|METHOD_UNKNOWN|REQUEST_INVALID)$/)
  }
})

test('no secret is in what the server prints', async () => {
  const text = installation.processes.map((server) => server.output()).join('')
  for (const secret of [owner, member, foreign, 'under the old bridge', 'a long quiet evening'])
    assert.ok(!text.includes(secret))
  assert.ok(!/This is a bug/.test(text), text)
})
