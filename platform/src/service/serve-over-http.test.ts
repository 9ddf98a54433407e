import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Call, callSchema, DEFAULT_TENANT_ID, procedure } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { implement } from '@orpc/server'
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'
import { callOverHttp } from './call-over-http.ts'
import { guardAccess } from './guard-access.ts'
import { listenForServices, type ServiceDoor } from './listen-for-services.ts'
import { signCall } from './service-token.ts'

const contract = { who: procedure('tenants:read').output(callSchema) }
const key = randomBytes(32)
const call: Call = {
  actor: {
    kind: 'user',
    id: '00000000-0000-7000-8000-000000000001',
    tenantId: DEFAULT_TENANT_ID,
    visibleTenants: [],
    permissions: ['tenants:read'],
    sessionId: null,
  },
  requestId: 'one',
  address: '192.0.2.1',
  userAgent: null,
  idempotencyKey: null,
}
const parties = { caller: 'gateway', service: 'test' }
const errors: unknown[] = []
let door: ServiceDoor
before(async () => {
  const os = implement(contract).$context<Call>().use(guardAccess)
  const router = os.router({ who: os.who.handler(({ context }) => context) })
  const served = (name: string) => ({
    name,
    router: router as never,
    key,
    onError: (error: unknown) => errors.push(error),
  })
  door = await listenForServices([served('test'), served('other')], { host: '127.0.0.1', port: 0 })
})
after(() => door?.close())

const ask = async (token?: string, service = 'test') =>
  fetch(`${door.url}/internal/rpc/${service}/who`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: '{"json":{}}',
  })

test('a token names caller, service, actor and tenant, and is good for a minute', async () => {
  const token = await signCall(key, parties, call)
  const claims = decodeJwt<{ call: Call }>(token)
  assert.equal(claims.iss, 'gateway')
  assert.equal(claims.aud, 'test')
  assert.deepEqual(claims.call, call)
  assert.equal(claims.exp! - claims.iat!, 60)
  assert.equal((await ask(token)).status, 200)
  const client = callOverHttp<typeof contract>({ url: door.url, key, ...parties })
  assert.deepEqual(await client.who({}, { context: call }), call)
})

test('no token, another’s, a forged, an expired or an unsigned one open nothing', async () => {
  const sign = (changes: { alg?: string; typ?: string; aud?: string; exp?: number }, by: Uint8Array = key) =>
    new SignJWT({ call })
      .setProtectedHeader({ alg: changes.alg ?? 'HS256', typ: changes.typ ?? 'flatrender-call' })
      .setIssuer('gateway')
      .setAudience(changes.aud ?? 'test')
      .setExpirationTime(changes.exp ?? '60s')
      .sign(by)
  assert.equal((await ask(await sign({}))).status, 200)
  const refused = {
    none: undefined,
    rubbish: 'rubbish',
    'another service’s': await signCall(key, { ...parties, service: 'other' }, call),
    'another key’s': await signCall(randomBytes(32), parties, call),
    expired: await sign({ exp: Math.floor(Date.now() / 1000) - 1 }),
    'another kind’s': await sign({ typ: 'JWT' }),
    'another algorithm’s': await sign({ alg: 'HS512' }, randomBytes(64)),
    unsigned: new UnsecuredJWT({ call }).setAudience('test').setExpirationTime('60s').encode(),
  }
  for (const [what, token] of Object.entries(refused)) assert.equal((await ask(token)).status, 401, what)
})

test('what the door refuses by itself is a problem, and nothing is looked at before the token', async () => {
  const knock = async (path: string, token: string | undefined, type: string, body = 'a=b') => {
    const headers = {
      'content-type': type,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    }
    const answer = await fetch(door.url + path, { method: 'POST', headers, body })
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
    const { code, status } = (await answer.json()) as { code: string; status: number }
    assert.equal(status, answer.status)
    return code
  }
  const token = await signCall(key, parties, call)
  const who = '/internal/rpc/test/who'
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'nonsense'])
    assert.equal(await knock(who, undefined, type), 'ACCESS_TOKEN_INVALID', type)
  assert.equal(await knock(who, token, 'application/x-nonsense'), 'REQUEST_TYPE_UNKNOWN')
  assert.equal(await knock(who, token, 'application/json', '{"json":'), 'REQUEST_INVALID')
  assert.equal(await knock('/internal/rpc/test/nothing', token, 'application/json', '{}'), 'ROUTE_UNKNOWN')
  assert.equal(await knock('/internal/rpc/nobody/who', token, 'application/json', '{}'), 'ROUTE_UNKNOWN')
  assert.deepEqual(errors, [])
})

test('behind one door, each service opens to its own tokens alone', async () => {
  const token = await signCall(key, { ...parties, service: 'other' }, call)
  assert.equal((await ask(token, 'other')).status, 200)
  assert.equal((await ask(token, 'test')).status, 401)
  assert.equal((await ask(token, 'nobody')).status, 404)
})

test('what the actor may not, a token doesn’t allow either', async () => {
  const client = callOverHttp<typeof contract>({ url: door.url, key, ...parties })
  const actor = { ...call.actor, permissions: [] }
  await assert.rejects(client.who({}, { context: { ...call, actor } }), (error) =>
    isFlatRenderError(error, 'ACCESS_FORBIDDEN'),
  )
  assert.deepEqual(errors, [])
})
