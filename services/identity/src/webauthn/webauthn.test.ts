import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import {
  callWith,
  enter,
  enterAsOwner,
  isCode,
  openTenant,
  openTestbed,
  PASSWORD,
  type Testbed,
  visit,
} from '../testbed/open-testbed.ts'
import { type Bent, openSoftAuthenticator } from '../testbed/soft-authenticator.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const refused = isCode('WEBAUTHN_REFUSED')
const calm = () => testbed.ask(sql`delete from identity.login_throttles`)

/** Sets an authenticator up. */
async function add(call: Call, key = openSoftAuthenticator(), bent: Bent = {}) {
  const context = { context: call }
  const options = await testbed.client.factors.addWebauthn({ name: 'key' }, context)
  const attestation = key.create(options, bent)
  return { key, attestation, ...(await testbed.client.factors.verifyWebauthn({ attestation }, context)) }
}
/** Logs in with the password; gives what the second step needs. */
async function half(email: string, context = visit()) {
  const answer = await testbed.client.auth.login({ email, password: PASSWORD }, { context })
  assert.ok('mfaToken' in answer)
  const { mfaToken, kinds } = answer
  const options = await testbed.client.auth.askLoginSecond({ mfaToken }, { context })
  return { mfaToken, kinds, options }
}
const second = (
  mfaToken: string,
  assertion: ReturnType<ReturnType<typeof openSoftAuthenticator>['get']>,
  context = visit(),
) => testbed.client.auth.loginSecond({ mfaToken, assertion }, { context })

test('an authenticator counts from its first answer, brings recovery codes and finishes a login', async () => {
  const email = 'key@example.com'
  const { call } = await enter(testbed, email)
  const { key, factor, recoveryCodes } = await add(call)
  assert.deepEqual([factor.kind, factor.verified, factor.name], ['webauthn', true, 'key'])
  assert.equal(new Set(recoveryCodes).size, 10)
  assert.deepEqual(await testbed.eventsOf(factor.id), ['identity.factor.added'])
  const { mfaToken, kinds, options } = await half(email)
  assert.deepEqual(kinds, ['webauthn', 'recovery_code'])
  assert.deepEqual([options.rpId, options.allowCredentials?.length], ['localhost', 1])
  const { accessToken } = await second(mfaToken, key.get(options))
  const [session] = await testbed.ask(sql`select methods from identity.sessions
    where id = ${callWith(accessToken).actor.sessionId}`)
  assert.deepEqual(session, { methods: ['password', 'webauthn'] })
  const again = await half(email)
  const [code = ''] = recoveryCodes
  await testbed.client.auth.loginSecond({ mfaToken: again.mfaToken, code }, { context: visit() })
  // A second one brings no codes: the first are good still.
  const other = await add(call)
  assert.deepEqual(other.recoveryCodes, [])
  const { factors } = await testbed.client.factors.list({}, { context: call })
  assert.equal(factors.length, 2)
})

test('what was asked is answered once, and only for what it was asked', async () => {
  const email = 'once@example.com'
  const { call } = await enter(testbed, email)
  const context = { context: call }
  const { key, attestation } = await add(call)
  await assert.rejects(testbed.client.factors.verifyWebauthn({ attestation }, context), refused)
  const first = await half(email)
  const answer = key.get(first.options)
  await second(first.mfaToken, answer)
  const later = await half(email)
  await assert.rejects(second(later.mfaToken, answer), refused)
  // Of a step-up, of another half login, of the former question, of nobody.
  const stepUp = await testbed.client.auth.askStepUp({}, context)
  await assert.rejects(second(later.mfaToken, key.get(stepUp)), refused)
  const other = await half(email)
  await assert.rejects(second(later.mfaToken, key.get(other.options)), refused)
  await testbed.client.auth.askLoginSecond({ mfaToken: later.mfaToken }, { context: visit() })
  await calm()
  await assert.rejects(second(later.mfaToken, key.get(later.options)), refused)
  await assert.rejects(second(other.mfaToken, key.get({ challenge: 'A'.repeat(43) })), refused)
  const wrong = key.get(other.options, { origin: 'https://evil.example' })
  await assert.rejects(second(other.mfaToken, wrong), refused)
  // The wrong answer used the question up.
  await calm()
  await assert.rejects(second(other.mfaToken, key.get(other.options)), refused)
})

test('five minutes later the question is forgotten', async () => {
  const email = 'late@example.com'
  const { call } = await enter(testbed, email)
  const { key } = await add(call)
  const { mfaToken, options } = await half(email)
  await testbed.ask(sql`update identity.user_tokens set expires_at = expires_at - interval '5 minutes'
    where purpose = 'webauthn'`)
  await assert.rejects(second(mfaToken, key.get(options)), refused)
})

test('another page, a page within another, another host and a forged signature are refused', async () => {
  const email = 'bent@example.com'
  const { call } = await enter(testbed, email)
  const added = await testbed.client.factors.list({}, { context: call })
  for (const bent of [
    { origin: 'http://localhost:3001' },
    { crossOrigin: true },
    { rpId: 'example.com' },
    { challenge: 'aaaa' },
  ])
    await assert.rejects(add(call, openSoftAuthenticator(), bent), refused)
  assert.deepEqual(await testbed.client.factors.list({}, { context: call }), added)
  const { key } = await add(call)
  for (const bent of [
    { origin: 'http://localhost:3001' },
    { origin: 'https://localhost:3000' },
    { crossOrigin: true },
    { rpId: 'example.com' },
    { challenge: 'aaaa' },
  ]) {
    await calm()
    const { mfaToken, options } = await half(email)
    await assert.rejects(second(mfaToken, key.get(options, bent)), refused)
  }
  await calm()
  const { mfaToken, options } = await half(email)
  const answer = key.get(options)
  // The same name, and the key of somebody else.
  const forged = {
    ...answer,
    response: { ...answer.response, signature: openSoftAuthenticator().get(options).response.signature },
  }
  await assert.rejects(second(mfaToken, forged), refused)
})

test('a key that could never verify an answer is refused when it is set up', async () => {
  const { call } = await enter(testbed, 'keyless@example.com')
  const zeros = (size: number) => Buffer.alloc(size)
  const rsa = (size: number, exponent: number[]): [number, unknown][] => [
    [1, 3],
    [3, -257],
    [-1, Buffer.alloc(size, 0xa5)],
    [-2, Buffer.from(exponent)],
    [-3, undefined],
  ]
  const kinds: Record<string, [number, unknown][]> = {
    'no x': [[-2, undefined]],
    'no y': [[-3, undefined]],
    'no curve': [[-1, undefined]],
    'another curve': [[-1, 6]],
    'a point beside the curve': [[-2, Buffer.alloc(32, 1)]],
    'the point of nowhere': [
      [-2, zeros(32)],
      [-3, zeros(32)],
    ],
    'a short x': [[-2, Buffer.alloc(8, 1)]],
    'a small RSA key': rsa(64, [1, 0, 1]),
    'an RSA key of exponent 1': rsa(256, [1]),
  }
  for (const [what, parts] of Object.entries(kinds))
    await assert.rejects(add(call, openSoftAuthenticator(), { keyParts: new Map(parts) }), refused, what)
  const { factors } = await testbed.client.factors.list({}, { context: call })
  assert.deepEqual(factors, [])
})

test('another user’s authenticator is none of mine, nor is another tenant’s', async () => {
  const mine = await enter(testbed, 'mine@example.com')
  const theirs = await enter(testbed, 'theirs@example.com')
  await add(mine.call)
  const { key } = await add(theirs.call)
  const { mfaToken, options } = await half('mine@example.com')
  assert.equal(options.allowCredentials?.length, 1)
  await assert.rejects(second(mfaToken, key.get(options)), refused)
  await assert.rejects(add(mine.call, key), refused)
  // What they were asked is no question to me.
  const asked = await testbed.client.factors.addWebauthn({}, { context: theirs.call })
  const attestation = openSoftAuthenticator().create(asked)
  await assert.rejects(
    testbed.client.factors.verifyWebauthn({ attestation }, { context: mine.call }),
    refused,
  )
  const owner = await enterAsOwner(testbed)
  const { tenant, call, email } = await openTenant(testbed, owner, 'customer', 'elsewhere')
  await add(call)
  const elsewhere = visit({ tenantId: tenant.id })
  const there = await half(email, elsewhere)
  await assert.rejects(second(there.mfaToken, key.get(there.options), elsewhere), refused)
  await assert.rejects(second(there.mfaToken, key.get(there.options)), isCode('MFA_TOKEN_INVALID'))
})

test('a count that falls back tells of a copy, and a forged one tells nothing', async () => {
  const email = 'count@example.com'
  const { call } = await enter(testbed, email)
  const { key, factor } = await add(call)
  const answer = async (count: number) => {
    await calm()
    const { mfaToken, options } = await half(email)
    return second(mfaToken, key.get(options, { count }))
  }
  await answer(7)
  await assert.rejects(answer(7), isCode('WEBAUTHN_COPIED'))
  await assert.rejects(answer(0), isCode('WEBAUTHN_COPIED'))
  await answer(8)
  const acts = () =>
    testbed.ask(sql`select after from identity.audit_logs
    where action = 'factor.copied' and subject = ${factor.id} order by happened_at`)
  assert.deepEqual(await acts(), [{ after: { signCount: 7 } }, { after: { signCount: 0 } }])
  const { mfaToken, options } = await half(email)
  const low = key.get(options, { count: 1 })
  const bytes = Buffer.from(low.response.signature, 'base64url')
  bytes[bytes.length - 1]! ^= 1
  const response = { ...low.response, signature: bytes.toString('base64url') }
  await assert.rejects(second(mfaToken, { ...low, response }), refused)
  assert.equal((await acts()).length, 2)
  assert.deepEqual(await testbed.eventsOf(factor.id), [
    'identity.factor.added',
    'identity.factor.copied',
    'identity.factor.copied',
  ])
})

test('a login is proven again by an authenticator, and by the password no more', async () => {
  const { call } = await enter(testbed, 'prove@example.com')
  const context = { context: call }
  await assert.rejects(testbed.client.auth.askStepUp({}, context), isCode('FACTOR_UNKNOWN'))
  const { key, factor } = await add(call)
  await testbed.ask(sql`update identity.sessions set proven_at = now() - interval '16 minutes'
    where id = ${call.actor.sessionId}`)
  await assert.rejects(testbed.client.factors.remove({ id: factor.id }, context), isCode('STEP_UP_REQUIRED'))
  await assert.rejects(
    testbed.client.auth.stepUp({ password: PASSWORD }, context),
    isCode('MFA_CODE_REQUIRED'),
  )
  const options = await testbed.client.auth.askStepUp({}, context)
  const assertion = key.get(options)
  await testbed.client.auth.stepUp({ assertion }, context)
  await assert.rejects(testbed.client.auth.stepUp({ assertion }, context), refused)
  await testbed.client.factors.remove({ id: factor.id }, context)
  const list = await testbed.client.factors.list({}, context)
  assert.deepEqual(list, { factors: [], recoveryCodesLeft: 0 })
})

test('of one answer sent many times at once, one is heard', async () => {
  const email = 'burst@example.com'
  const { call } = await enter(testbed, email)
  const { key } = await add(call)
  const { mfaToken, options } = await half(email)
  const answer = key.get(options)
  const answers = await Promise.allSettled([1, 2, 3].map(() => second(mfaToken, answer)))
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1)
})

test('asked again with an Idempotency-Key, the first answer comes again with its recovery codes', async () => {
  const { call } = await enter(testbed, 'again@example.com')
  const keyed = { context: { ...call, idempotencyKey: 'one' } }
  const options = await testbed.client.factors.addWebauthn({}, keyed)
  assert.deepEqual(await testbed.client.factors.addWebauthn({}, keyed), options)
  const attestation = openSoftAuthenticator().create(options)
  const answer = await testbed.client.factors.verifyWebauthn({ attestation }, keyed)
  assert.deepEqual(await testbed.client.factors.verifyWebauthn({ attestation }, keyed), answer)
  assert.equal(answer.recoveryCodes.length, 10)
})

test('a tenant with a proven domain is asked for by that', async () => {
  const { call } = await enter(testbed, 'domain@example.com')
  const { tenantId } = call.actor
  await testbed.ask(
    sql`insert into identity.tenant_branding (tenant_id, domain, domain_token) values (${tenantId}, 'video.example.org', 'token')`,
  )
  const { client } = testbed
  assert.equal((await client.factors.addWebauthn({}, { context: call })).rp.id, 'localhost')
  await testbed.ask(sql`update identity.tenant_branding set domain_verified_at = now()`)
  assert.equal((await client.factors.addWebauthn({}, { context: call })).rp.id, 'video.example.org')
  const here = openSoftAuthenticator({ origin: 'https://video.example.org', rpId: 'video.example.org' })
  await add(call, here)
  await assert.rejects(add(call), refused)
})

test('a page that the tenant allows may ask for itself, and no other', async () => {
  const { call } = await enter(testbed, 'page@example.com')
  const page = 'https://app.example.net'
  await testbed.ask(sql`update identity.tenant_branding set allowed_origins = ${[page]}`)
  const ask = (from: string) => testbed.client.factors.addWebauthn({ page: from }, { context: call })
  for (const other of [
    'https://evil.example',
    'https://app.example.net:8443',
    'http://app.example.net',
    `${page}/`,
  ])
    await assert.rejects(ask(other), isCode('PAGE_UNKNOWN'))
  assert.equal((await ask('http://localhost:3000')).rp.id, 'localhost')
  const options = await ask(page)
  assert.equal(options.rp.id, 'app.example.net')
  const there = openSoftAuthenticator({ origin: page, rpId: 'app.example.net' })
  const attestation = there.create(options)
  await testbed.client.factors.verifyWebauthn({ attestation }, { context: call })
  const assertion = async (from: string) =>
    there.get(await testbed.client.auth.askStepUp({ page: from }, { context: call }))
  await testbed.client.auth.stepUp({ assertion: await assertion(page) }, { context: call })
  const elsewhere = testbed.client.auth.stepUp(
    { assertion: await assertion('http://localhost:3000') },
    { context: call },
  )
  await assert.rejects(elsewhere, refused)
})
