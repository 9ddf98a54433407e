import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import {
  enter,
  isCode,
  logInAs,
  logInFor,
  openTestbed,
  PASSWORD,
  type Testbed,
  visit,
} from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const context = visit()
const register = (email: string, password = PASSWORD) =>
  testbed.client.auth.register({ email, password }, { context })
const verify = (token: string) => testbed.client.auth.verifyEmail({ token }, { context })
const login = (email: string, password: string, address = '192.0.2.1') =>
  logInFor(testbed, { email, password }, visit({ address }))

test('for an address that is taken the answer is the same, and its owner is told', async () => {
  const email = 'taken@example.com'
  const { call } = await enter(testbed, email)
  assert.deepEqual(await register('TAKEN@example.com', 'another password'), await register('new@example.com'))
  await assert.rejects(login(email, 'another password'), isCode('LOGIN_REFUSED'))
  await login(email, PASSWORD)
  const types = await testbed.eventsOf(call.actor.id!)
  assert.equal(types.at(-1), 'identity.registration.repeated')
})

test('it takes as long for an address that is taken', async () => {
  await enter(testbed, 'slow@example.com')
  const time = async (email: string) => {
    const started = performance.now()
    await register(email)
    return performance.now() - started
  }
  const [known, fresh]: [number[], number[]] = [[], []]
  for (let round = 0; round < 15; round++) {
    known.push(await time('slow@example.com'))
    fresh.push(await time(`slow${round}@example.com`))
  }
  const [one, two] = [Math.min(...known), Math.min(...fresh)]
  assert.ok(Math.abs(one - two) < 0.5 * Math.max(one, two), `${one} ms and ${two} ms`)
})

test('many that register one address at once make one user', async () => {
  await Promise.all(Array.from({ length: 6 }, () => register('many@example.com')))
  const rows = await testbed.ask(sql`select id from identity.users where email = 'many@example.com'`)
  assert.equal(rows.length, 1)
})

test('who registers somebody else’s address sets no password for it', async () => {
  const email = 'victim@example.com'
  await register(email, 'the attacker’s')
  const first = await testbed.readMail(email)
  await register(email, PASSWORD)
  const mine = await testbed.readMail(email)
  await register(email, 'the attacker’s')
  const last = await testbed.readMail(email)
  await verify(mine)
  for (const token of [first, last]) await assert.rejects(verify(token), isCode('USER_TOKEN_INVALID'))
  await assert.rejects(login(email, 'the attacker’s'), isCode('LOGIN_REFUSED'))
  await login(email, PASSWORD)
})

test('of two mails that are answered at once one is heard, and neither waits for the other', async () => {
  for (let round = 0; round < 5; round++) {
    const email = `two${round}@example.com`
    await register(email)
    const first = await testbed.readMail(email)
    await register(email)
    const results = await Promise.allSettled([verify(first), verify(await testbed.readMail(email))])
    const failed = results.filter((result) => result.status === 'rejected')
    assert.equal(failed.length, 1)
    assert.ok(isCode('USER_TOKEN_INVALID')(failed[0]!.reason))
  }
})

test('a mailed token is good once, for a day, in its own tenant, and stands nowhere in the open', async () => {
  const email = 'once@example.com'
  await register(email)
  const token = await testbed.readMail(email)
  assert.match(token, /^frv_[\w-]{43}$/)
  const open = await testbed.ask(sql<{
    text: string
  }>`select platform_events::text as text from platform.events platform_events
    union all select user_tokens::text from identity.user_tokens`)
  assert.ok(open.every(({ text }) => !text.includes(token)))
  const [other] = await testbed.ask(sql<{
    id: string
  }>`insert into identity.tenants (parent_id, kind, slug, name)
    select id, 'customer', 'other', 'Other' from identity.tenants where parent_id is null returning id`)
  await assert.rejects(
    testbed.client.auth.verifyEmail({ token }, { context: visit({ tenantId: other!.id }) }),
    isCode('USER_TOKEN_INVALID'),
  )
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => verify(token)))
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
  await register('late@example.com')
  await testbed.ask(sql`update identity.user_tokens set expires_at = expires_at - interval '24 hours'
    where used_at is null`)
  await assert.rejects(verify(await testbed.readMail('late@example.com')), isCode('USER_TOKEN_INVALID'))
})

test('a forgotten password is set anew by mail, ends every login, and proves the address', async () => {
  const email = 'forgot@example.com'
  const { tokens, call } = await enter(testbed, email)
  const forget = async (who: string) => {
    const answer = await testbed.client.auth.forgotPassword({ email: who }, { context })
    assert.equal(await testbed.runJobs('identity.mail-password-reset'), 1)
    return answer
  }
  assert.deepEqual(await forget('nobody@example.com'), await forget(email))
  const token = await testbed.readMail(email)
  const reset = (password: string) => testbed.client.auth.resetPassword({ token, password }, { context })
  await assert.rejects(verify(token), isCode('USER_TOKEN_INVALID'))
  await reset('a new password')
  await assert.rejects(reset('a newer password'), isCode('USER_TOKEN_INVALID'))
  await assert.rejects(testbed.client.auth.refresh(tokens, { context }), isCode('REFRESH_TOKEN_INVALID'))
  await assert.rejects(login(email, PASSWORD), isCode('LOGIN_REFUSED'))
  await login(email, 'a new password')
  assert.deepEqual(await testbed.eventsOf(call.actor.sessionId!), ['identity.session.revoked'])
  const unproven = 'unproven@example.com'
  await register(unproven)
  const former = await testbed.readMail(unproven)
  await forget(unproven)
  const proof = { token: await testbed.readMail(unproven), password: PASSWORD }
  await testbed.client.auth.resetPassword(proof, { context })
  await logInAs(testbed, unproven)
  await assert.rejects(verify(former), isCode('USER_TOKEN_INVALID'))
})

test('a changed password ends the other logins; guesses at the present one are throttled', async () => {
  const email = 'change@example.com'
  const { call, tokens } = await enter(testbed, email)
  const other = await login(email, PASSWORD)
  const change = (currentPassword: string, password: string) =>
    testbed.client.users.changePassword({ currentPassword, password }, { context: call })
  await assert.rejects(change('not this one', 'a new password'), isCode('PASSWORD_WRONG'))
  await change(PASSWORD, 'a new password')
  await testbed.client.auth.refresh(tokens, { context })
  await assert.rejects(testbed.client.auth.refresh(other, { context }), isCode('REFRESH_TOKEN_INVALID'))
  await login(email, 'a new password')
  for (let time = 0; time < 5; time++)
    await assert.rejects(change('not this one', 'a newer password'), isCode('PASSWORD_WRONG'))
  await assert.rejects(change('a new password', 'a newer password'), isCode('LOGIN_THROTTLED'))
})
