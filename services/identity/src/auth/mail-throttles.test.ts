import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { enter, enterAsOwner, openTestbed, PASSWORD, type Testbed, visit } from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const context = visit()
const register = (email: string) => testbed.client.auth.register({ email, password: PASSWORD }, { context })
const forget = async (email: string) => {
  const answer = await testbed.client.auth.forgotPassword({ email }, { context })
  await testbed.runJobs('identity.mail-password-reset')
  return answer
}
/** How many events of a type there are. */
const count = async (type: string) =>
  (await testbed.ask(sql<{ id: string }>`select id from platform.events where type = ${type}`)).length
/** Lets the oldest mail of every address be an hour old. */
const wait = () =>
  testbed.ask(sql`update identity.mail_throttles set mailed[1] = mailed[1] - interval '1 hour'`)
const seven = [1, 2, 3, 4, 5, 6, 7]

test('an address is mailed five times an hour for one purpose; more are answered alike', async () => {
  const type = 'identity.email_verification.requested'
  for (const email of ['many@example.com', 'MANY@example.com', ...Array(5).fill('many@example.com')])
    assert.deepEqual(await register(email), {})
  assert.equal(await count(type), 5)
  await register('another@example.com')
  assert.equal(await count(type), 6)
  await wait()
  for (const _ of seven) await register('many@example.com')
  assert.equal(await count(type), 7)
})

test('many at once are no more than many in a row', async () => {
  const before = await count('identity.email_verification.requested')
  await Promise.all(seven.map(() => register('burst@example.com')))
  assert.equal(await count('identity.email_verification.requested'), before + 5)
})

test('mails to whoever is registered already, and those that set a new password, are counted each for itself', async () => {
  const email = 'known@example.com'
  await enter(testbed, email)
  for (const _ of seven) await register(email)
  assert.equal(await count('identity.registration.repeated'), 5)
  for (const _ of seven) assert.deepEqual(await forget(email), {})
  assert.equal(await count('identity.password_reset.requested'), 5)
})

test('an invitation that is mailed no more keeps the token that was', async () => {
  const owner = await enterAsOwner(testbed)
  const email = 'guest@example.com'
  const invite = (role: 'member' | 'designer') =>
    testbed.client.invitations.create({ email, role }, { context: owner })
  for (const _ of [1, 2, 3, 4]) await invite('member')
  const { id } = await invite('member')
  const token = await testbed.readInvitation(id)
  const last = await invite('designer')
  assert.deepEqual([last.id, last.role], [id, 'designer'])
  assert.equal(await count('identity.invitation.requested'), 5)
  const user = await testbed.client.auth.acceptInvitation({ token, password: PASSWORD }, { context })
  assert.deepEqual(user.roles, ['designer'])
})

test('who forgot a password is looked up after the answer, so it takes as long for nobody', async () => {
  await enter(testbed, 'someone@example.com')
  /** All that an answer leaves behind: rows of every table that it could write. */
  const look = () =>
    testbed.ask(sql`select (select count(*) from identity.user_tokens) as tokens,
      (select count(*) from platform.events) as events, (select count(*) from identity.audit_logs) as acts,
      (select count(*) from identity.mail_throttles) as mails`)
  const before = await look()
  for (const email of ['someone@example.com', 'nobody@example.com']) {
    await testbed.client.auth.forgotPassword({ email }, { context })
    assert.deepEqual(await look(), before)
  }
  // Asked again before it was done, it is done once.
  await testbed.client.auth.forgotPassword({ email: 'Someone@example.com' }, { context })
  assert.equal(await testbed.runJobs('identity.mail-password-reset'), 2)
  await testbed.readMail('someone@example.com')
  const acts = await testbed.ask(sql`select host(address) as address from identity.audit_logs
    where action = 'password.reset_requested' and subject =
      (select id::text from identity.users where email = 'someone@example.com')`)
  assert.deepEqual(acts, [{ address: context.address }])
})

test('a job that comes twice mails once, and keeps no address in the open', async () => {
  const email = 'twice@example.com'
  await enter(testbed, email)
  const payloads: unknown[] = []
  await testbed.client.auth.forgotPassword({ email }, { context })
  payloads.push(...(await testbed.takeJobs('identity.mail-password-reset')))
  assert.equal(payloads.length, 1)
  assert.ok(!JSON.stringify(payloads).includes('twice'))
  const before = await count('identity.password_reset.requested')
  for (const _ of [1, 2]) await testbed.jobs['identity.mail-password-reset'](payloads[0])
  assert.equal(await count('identity.password_reset.requested'), before + 1)
})

test('what is used or expired is swept away at night, and what is open stays', async () => {
  await register('open@example.com')
  await testbed.ask(sql`insert into identity.invitations (tenant_id, email, role_id, hash, expires_at)
    select tenant_id, kind || '@example.com', id, sha256(kind::bytea), now() + days * interval '1 day'
    from identity.roles, (values ('old', -1), ('new', 1)) as given (kind, days) where key = 'member'`)
  await testbed.jobs['identity.remove-expired']()
  const tokens = await testbed.ask(
    sql`select 1 from identity.user_tokens where used_at is not null or expires_at < now()`,
  )
  assert.deepEqual(tokens, [])
  assert.ok(await testbed.readMail('open@example.com'))
  const open = await testbed.ask(sql<{ email: string }>`select email from identity.invitations
    where email in ('old@example.com', 'new@example.com')`)
  assert.deepEqual(open, [{ email: 'new@example.com' }])
  await testbed.ask(sql`update identity.mail_throttles set mailed_at = mailed_at - interval '1 hour'`)
  await testbed.jobs['identity.remove-expired']()
  assert.deepEqual(await testbed.ask(sql`select 1 from identity.mail_throttles`), [])
})
