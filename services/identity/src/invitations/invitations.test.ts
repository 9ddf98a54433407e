import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BuiltInRole, Call } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import {
  callAsSystem,
  enter,
  enterAsOwner,
  isCode,
  logInAs,
  openTenant,
  openTestbed,
  PASSWORD,
  type Testbed,
  visit,
} from '../testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
})
after(() => testbed?.close())

const context = visit()
const invite = (email: string, role: BuiltInRole = 'designer', by = owner) =>
  testbed.client.invitations.create({ email, role }, { context: by })
const accept = (token: string, by = context) =>
  testbed.client.auth.acceptInvitation({ token, password: PASSWORD, name: 'Omid' }, { context: by })
const list = async (by = owner) => (await testbed.client.invitations.list({}, { context: by })).invitations

test('who is invited becomes a proven user with that role, once', async () => {
  const email = 'Omid@Example.com'
  const { createdAt, expiresAt, ...invitation } = await invite(email)
  assert.deepEqual(invitation, { id: invitation.id, email, role: 'designer' })
  assert.equal(Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 86_400_000), 7)
  const { id } = invitation
  assert.deepEqual(
    (await list()).map((open) => open.id),
    [id],
  )
  const token = await testbed.readInvitation(id)
  const missing = testbed.client.auth.acceptInvitation({ token }, { context })
  await assert.rejects(missing, isCode('INVITATION_NEEDS_PASSWORD'))
  const answers = await Promise.allSettled([accept(token), accept(token), accept(token)])
  const users = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  assert.equal(users.length, 1)
  const { emailVerified, name, roles } = users[0]!
  assert.deepEqual([emailVerified, name, roles], [true, 'Omid', ['designer']])
  await logInAs(testbed, 'omid@example.com')
  assert.deepEqual(await list(), [])
  await assert.rejects(accept(token), isCode('INVITATION_INVALID'))
  assert.deepEqual(await testbed.eventsOf(id), [
    'identity.invitation.requested',
    'identity.invitation.accepted',
  ])
  const audit = await testbed.ask(sql`select action, actor_id from identity.audit_logs
    where subject = ${id} order by happened_at`)
  assert.deepEqual(audit, [
    { action: 'invitation.sent', actor_id: owner.actor.id },
    { action: 'invitation.accepted', actor_id: users[0]!.id },
  ])
})

test('invited again, it is the same invitation with a new role and token; expired or revoked it is none', async () => {
  const first = await invite('again@example.com')
  const former = await testbed.readInvitation(first.id)
  const second = await invite('again@example.com', 'support')
  assert.deepEqual([second.id, second.role], [first.id, 'support'])
  await assert.rejects(accept(former), isCode('INVITATION_INVALID'))
  await testbed.ask(sql`update identity.invitations set expires_at = now() where id = ${first.id}`)
  await assert.rejects(accept(await testbed.readInvitation(first.id)), isCode('INVITATION_INVALID'))
  const third = await invite('again@example.com')
  assert.equal(third.id, first.id)
  const revoke = () => testbed.client.invitations.revoke({ id: third.id }, { context: owner })
  await revoke()
  await assert.rejects(revoke(), isCode('INVITATION_UNKNOWN'))
  await assert.rejects(accept(await testbed.readInvitation(third.id)), isCode('INVITATION_INVALID'))
  assert.notEqual((await invite('again@example.com')).id, first.id)
})

test('what could be mailed to nobody is refused, not left as an invitation that nobody can accept', async () => {
  const email = 'often@example.com'
  const revoke = (id: string) => testbed.client.invitations.revoke({ id }, { context: owner })
  const first = await invite(email)
  await revoke(first.id)
  for (const _ of [2, 3, 4, 5]) await invite(email)
  const { id } = await invite(email, 'support')
  const token = await testbed.readInvitation(id)
  await revoke(id)
  await assert.rejects(invite(email), isCode('INVITATION_UNMAILED'))
  await assert.rejects(accept(token), isCode('INVITATION_INVALID'))
  const { invitations } = await testbed.client.invitations.list({}, { context: owner })
  assert.ok(!invitations.some((invitation) => invitation.email === email))
})

test('a user of the tenant must be logged in as themselves, and keeps password and roles', async () => {
  const email = 'here@example.com'
  const { call } = await enter(testbed, email)
  const stranger = await enter(testbed, 'stranger@example.com')
  const token = await testbed.readInvitation((await invite(email)).id)
  const accepted = (by: Call) =>
    testbed.client.auth.acceptInvitation({ token, password: 'the attacker’s' }, { context: by })
  for (const by of [context, stranger.call, owner])
    await assert.rejects(accepted(by), isCode('INVITATION_NEEDS_LOGIN'))
  assert.deepEqual((await accepted(call)).roles, ['designer', 'member'])
  await logInAs(testbed, email)
})

test('what somebody else registered for an invited address sets no password', async () => {
  const email = 'begun@example.com'
  await testbed.client.auth.register({ email, password: 'the attacker’s' }, { context })
  const registered = await testbed.readMail(email)
  await accept(await testbed.readInvitation((await invite(email)).id))
  const verify = testbed.client.auth.verifyEmail({ token: registered }, { context })
  await assert.rejects(verify, isCode('USER_TOKEN_INVALID'))
  await logInAs(testbed, email)
})

test('nobody invites with more rights than their own, nor into another tenant', async () => {
  const narrow = { ...owner, actor: { ...owner.actor, permissions: ['users:read', 'users:write'] } }
  await assert.rejects(invite('high@example.com', 'admin', narrow), isCode('ROLE_TOO_HIGH'))
  const { call } = await enter(testbed, 'member@example.com')
  await assert.rejects(invite('high@example.com', 'member', call), isCode('ACCESS_FORBIDDEN'))
  const other = await openTenant(testbed, owner, 'customer', 'elsewhere')
  const mine = await invite('mine@example.com')
  assert.deepEqual(await list(other.call), [])
  const revoke = testbed.client.invitations.revoke({ id: mine.id }, { context: other.call })
  await assert.rejects(revoke, isCode('INVITATION_UNKNOWN'))
  const there = accept(await testbed.readInvitation(mine.id), visit({ tenantId: other.tenant.id }))
  await assert.rejects(there, isCode('INVITATION_INVALID'))
})

test('the mail goes to the invited address in the tenant’s language, as long as the invitation is open', async () => {
  const { id } = await invite('mailed@example.com')
  const find = () => testbed.client.access.inviteeOf({ invitationId: id }, { context: callAsSystem() })
  await testbed.client.users.changeMe({ name: 'Sara' }, { context: owner })
  await testbed.ask(sql`insert into identity.tenant_branding (tenant_id, domain, domain_token)
    values (${owner.actor.tenantId}, 'video.example.com', 'token')`)
  const invitation = { tenant: 'FlatRender', inviter: 'Sara', page: null }
  const expected = { email: 'mailed@example.com', name: '', language: 'en', invitation }
  assert.deepEqual(await find(), expected)
  await testbed.ask(sql`update identity.tenant_branding set domain_verified_at = now()`)
  const page = 'https://video.example.com'
  assert.deepEqual(await find(), { ...expected, invitation: { ...invitation, page } })
  await testbed.client.invitations.revoke({ id }, { context: owner })
  assert.equal(await find(), null)
})
