import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Call, rolePermissions } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { generateSync } from 'otplib'
import {
  callWith,
  enter,
  isCode,
  logInFor,
  openTestbed,
  PASSWORD,
  type Testbed,
  visit,
} from '../testbed/open-testbed.ts'
import { findStep } from './totp.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const context = visit()
const now = () => Math.floor(Date.now() / 1000)
/** The code that an authenticator shows, so many steps from now. */
const show = (secret: string, steps = 0) => generateSync({ secret, epoch: now() + steps * 30 })
/** Lets a user's last code be long ago. */
const forget = (call: Call) =>
  testbed.ask(sql`update identity.mfa_factors set last_step = 0 where user_id = ${call.actor.id}`)
const login = async (email: string) => {
  const answer = await testbed.client.auth.login({ email, password: PASSWORD }, { context })
  assert.ok('mfaToken' in answer)
  return answer
}
const second = (mfaToken: string, code: string) =>
  testbed.client.auth.loginSecond({ mfaToken, code }, { context })
const methodsOf = async (accessToken: string) =>
  (
    await testbed.ask(
      sql<{
        methods: string[]
      }>`select methods from identity.sessions where id = ${callWith(accessToken).actor.sessionId}`,
    )
  )[0]!.methods

/** Somebody with an authenticator app. */
async function enterWithFactor(email: string) {
  const { call } = await enter(testbed, email)
  const { id, secret, uri } = await testbed.client.factors.addTotp({}, { context: call })
  const answer = await testbed.client.factors.verifyTotp({ id, code: show(secret) }, { context: call })
  await forget(call)
  return { call, id, secret, uri, recoveryCodes: answer.recoveryCodes }
}

test('codes of RFC 6238, of one step before or after, and none twice', () => {
  // Its test secret is these 20 letters, here in base32; its codes of eight digits end in these six.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  for (const [seconds, code] of [
    [1_234_567_890, '005924'],
    [1_111_111_109, '081804'],
    [20_000_000_000, '353130'],
  ] as const) {
    const step = Math.floor(seconds / 30)
    const find = (at: number, lastStep = -1) => findStep(secret, { code, now: at, lastStep })
    assert.deepEqual([find(seconds), find(seconds - 30), find(seconds + 30)], [step, step, step])
    assert.deepEqual([find(seconds - 60), find(seconds + 60), find(seconds, step)], Array(3).fill(undefined))
    assert.equal(find(seconds, step - 1), step)
  }
})

test('a factor counts from its first right code, and only then is a login halved', async () => {
  const email = 'one@example.com'
  const { call } = await enter(testbed, email)
  const forgotten = await testbed.client.factors.addTotp({}, { context: call })
  const { id, secret, uri, verified } = await testbed.client.factors.addTotp(
    { name: 'phone' },
    { context: call },
  )
  assert.equal(verified, false)
  assert.match(uri, /^otpauth:\/\/totp\/FlatRender:one%40example\.com\?secret=/)
  await logInFor(testbed, { email, password: PASSWORD })
  const verify = (factor: string, code: string) =>
    testbed.client.factors.verifyTotp({ id: factor, code }, { context: call })
  await assert.rejects(verify(forgotten.id, show(forgotten.secret)), isCode('FACTOR_UNKNOWN'))
  await assert.rejects(verify(id, show(secret, 9)), isCode('MFA_CODE_WRONG'))
  const taken = show(secret)
  const { factor, recoveryCodes } = await verify(id, taken)
  assert.deepEqual([factor.verified, factor.name, new Set(recoveryCodes).size], [true, 'phone', 10])
  await assert.rejects(verify(id, taken), isCode('FACTOR_UNKNOWN'))
  const list = await testbed.client.factors.list({}, { context: call })
  assert.deepEqual(list, { factors: [factor], recoveryCodesLeft: 10 })
  const { mfaToken, kinds } = await login(email)
  assert.deepEqual(kinds, ['totp', 'recovery_code'])
  // The code that set the factor up is taken.
  await assert.rejects(second(mfaToken, taken), isCode('MFA_CODE_WRONG'))
  const tokens = await second(mfaToken, show(secret, 1))
  assert.deepEqual(await methodsOf(tokens.accessToken), ['password', 'totp'])
  await assert.rejects(second(mfaToken, show(secret, 1)), isCode('MFA_TOKEN_INVALID'))
  assert.deepEqual(await testbed.eventsOf(id), ['identity.factor.added'])
})

test('a secret is sealed, recovery codes and tokens are hashes', async () => {
  const { secret, recoveryCodes } = await enterWithFactor('sealed@example.com')
  const { mfaToken } = await login('sealed@example.com')
  const rows = await testbed.ask(sql<{ text: string }>`
    select mfa_factors::text as text from identity.mfa_factors
    union all select recovery_codes::text from identity.recovery_codes
    union all select user_tokens::text from identity.user_tokens
    union all select audit_logs::text from identity.audit_logs
    union all select events::text from platform.events`)
  const hex = (text: string) => Buffer.from(text).toString('hex')
  for (const { text } of rows)
    for (const kept of [secret, mfaToken, ...recoveryCodes])
      assert.ok(!text.includes(kept) && !text.includes(hex(kept)))
})

test('of many who send one code at once, one is heard', async () => {
  const { secret } = await enterWithFactor('burst@example.com')
  const halves = await Promise.all([1, 2, 3].map(() => login('burst@example.com')))
  const code = show(secret)
  const answers = await Promise.allSettled(halves.map(({ mfaToken }) => second(mfaToken, code)))
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1)
  const { mfaToken } = await login('burst@example.com')
  const later = show(secret, 1)
  const same = await Promise.allSettled([1, 2, 3].map(() => second(mfaToken, later)))
  assert.equal(same.filter(({ status }) => status === 'fulfilled').length, 1)
})

test('a recovery code is good once, however it is written, and new ones end the former', async () => {
  const email = 'recover@example.com'
  const { call, recoveryCodes } = await enterWithFactor(email)
  const [first = '', other = ''] = recoveryCodes
  const tokens = await second((await login(email)).mfaToken, ` ${first.toUpperCase().replaceAll('-', ' ')}`)
  assert.deepEqual(await methodsOf(tokens.accessToken), ['password', 'recovery_code'])
  const { mfaToken } = await login(email)
  await assert.rejects(second(mfaToken, first), isCode('MFA_CODE_WRONG'))
  const left = async () => (await testbed.client.factors.list({}, { context: call })).recoveryCodesLeft
  assert.equal(await left(), 9)
  const fresh = await testbed.client.factors.replaceRecoveryCodes({}, { context: call })
  assert.equal(await left(), 10)
  await assert.rejects(second(mfaToken, other), isCode('MFA_CODE_WRONG'))
  await second(mfaToken, fresh.recoveryCodes[0]!)
  assert.deepEqual(await testbed.eventsOf(call.actor.id!).then((types) => types.slice(-3)), [
    'identity.recovery_code.used',
    'identity.recovery_codes.replaced',
    'identity.recovery_code.used',
  ])
})

test('a token is good for five minutes and five tries', async () => {
  const email = 'tries@example.com'
  const { secret } = await enterWithFactor(email)
  const { mfaToken } = await login(email)
  const calm = () => testbed.ask(sql`delete from identity.login_throttles`)
  for (let time = 0; time < 5; time++) {
    await calm()
    await assert.rejects(second(mfaToken, 'not this one'), isCode('MFA_CODE_WRONG'))
  }
  await calm()
  await assert.rejects(second(mfaToken, show(secret)), isCode('MFA_TOKEN_INVALID'))
  const late = await login(email)
  await testbed.ask(sql`update identity.user_tokens set expires_at = expires_at - interval '5 minutes'
    where purpose = 'mfa'`)
  await assert.rejects(second(late.mfaToken, show(secret)), isCode('MFA_TOKEN_INVALID'))
})

test('who knows the password can’t begin the guessing anew by logging in again', async () => {
  const email = 'guess@example.com'
  await enterWithFactor(email)
  await testbed.ask(sql`delete from identity.login_throttles`)
  const stranger = visit({ address: '198.51.100.7' })
  const guess = async () => {
    const half = await testbed.client.auth.login({ email, password: PASSWORD }, { context: stranger })
    assert.ok('mfaToken' in half)
    const { mfaToken } = half
    return testbed.client.auth.loginSecond({ mfaToken, code: '000000' }, { context: stranger })
  }
  for (let time = 0; time < 2; time++) await assert.rejects(guess(), isCode('MFA_CODE_WRONG'))
  const counts = await testbed.ask(sql`select kind, round(failures)::int as failures
    from identity.login_throttles order by kind`)
  assert.deepEqual(counts, [
    { kind: 'account', failures: 4 },
    { kind: 'address', failures: 4 },
    { kind: 'pair', failures: 4 },
  ])
  // Ten more would have to wait for minutes: the right password changes nothing about it.
  await testbed.ask(sql`update identity.login_throttles set failures = 14`)
  for (let time = 0; time < 2; time++) await assert.rejects(guess(), isCode('LOGIN_THROTTLED'))
})

test('a factor is its owner’s alone, and with the last go the recovery codes', async () => {
  const email = 'remove@example.com'
  const { call, id } = await enterWithFactor(email)
  const other = await enter(testbed, 'other@example.com')
  const remove = (by: Call) => testbed.client.factors.remove({ id }, { context: by })
  await assert.rejects(remove(other.call), isCode('FACTOR_UNKNOWN'))
  await remove(call)
  await assert.rejects(remove(call), isCode('FACTOR_UNKNOWN'))
  const list = await testbed.client.factors.list({}, { context: call })
  assert.deepEqual(list, { factors: [], recoveryCodesLeft: 0 })
  await logInFor(testbed, { email, password: PASSWORD })
  const codes = testbed.client.factors.replaceRecoveryCodes({}, { context: call })
  await assert.rejects(codes, isCode('FACTOR_UNKNOWN'))
  assert.deepEqual(await testbed.eventsOf(id), ['identity.factor.added', 'identity.factor.removed'])
})

test('who must have a factor and has none may do nothing but set one up', async () => {
  const email = 'must@example.com'
  await enter(testbed, email)
  await testbed.ask(sql`update identity.users set requires_mfa = true where email = ${email}`)
  const tokens = await logInFor(testbed, { email, password: PASSWORD })
  const call = callWith(tokens.accessToken)
  assert.deepEqual(call.actor.permissions, ['self:factors'])
  await assert.rejects(testbed.client.users.me({}, { context: call }), isCode('ACCESS_FORBIDDEN'))
  const { id, secret } = await testbed.client.factors.addTotp({}, { context: call })
  await testbed.client.factors.verifyTotp({ id, code: show(secret) }, { context: call })
  const { refreshToken } = tokens
  const refreshed = await testbed.client.auth.refresh({ refreshToken }, { context })
  assert.deepEqual(callWith(refreshed.accessToken).actor.permissions, rolePermissions.member)
})
