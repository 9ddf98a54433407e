import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { hashToken } from '../auth/opaque-token.ts'
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

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const context = visit()
const refresh = async (refreshToken: string) =>
  (await testbed.client.auth.refresh({ refreshToken }, { context })).refreshToken
/** Lets a token have been used so long ago. */
const age = (token: string, seconds: number) =>
  testbed.ask(sql`update identity.refresh_tokens set used_at = used_at - make_interval(secs => ${seconds})
    where hash = ${hashToken(token)}`)
const reasonOf = async (sessionId: string | null) =>
  (
    await testbed.ask(
      sql<{
        reason: string | null
      }>`select revoked_reason as reason from identity.sessions where id = ${sessionId}`,
    )
  )[0]!.reason

test('a token is kept as a hash alone, and each has a successor of its own', async () => {
  const { tokens } = await enter(testbed, 'chain@example.com')
  assert.match(tokens.refreshToken, /^frr_[\w-]{43}$/)
  const second = await refresh(tokens.refreshToken)
  const third = await refresh(second)
  assert.equal(new Set([tokens.refreshToken, second, third]).size, 3)
  const rows = await testbed.ask(sql`select generation, replaced_by, used_at is not null as used
    from identity.refresh_tokens where hash = any (${[tokens.refreshToken, second, third].map(hashToken)})
    order by generation`)
  assert.deepEqual(rows, [
    { generation: 1, replaced_by: 2, used: true },
    { generation: 2, replaced_by: 3, used: true },
    { generation: 3, replaced_by: null, used: false },
  ])
})

test('used again within ten seconds it gets another successor, and whichever arrived goes on', async () => {
  const { tokens, call } = await enter(testbed, 'lost@example.com')
  const lost = await refresh(tokens.refreshToken)
  await age(tokens.refreshToken, 8)
  const another = await refresh(tokens.refreshToken)
  assert.notEqual(another, lost)
  const next = await refresh(another)
  await age(another, 60)
  await refresh(next)
  assert.equal(await reasonOf(call.actor.sessionId), null)
})

test('of two successors of one token only one line goes on: the other’s use ends the family', async () => {
  const { tokens, call } = await enter(testbed, 'twins@example.com')
  const mine = await refresh(tokens.refreshToken)
  const stolen = await refresh(tokens.refreshToken)
  const next = await refresh(mine)
  await age(mine, 11)
  await assert.rejects(refresh(stolen), isCode('REFRESH_TOKEN_REUSED'))
  assert.equal(await reasonOf(call.actor.sessionId), 'token_reused')
  await assert.rejects(refresh(next), isCode('REFRESH_TOKEN_INVALID'))
})

test('lines that were both used within the ten seconds meet again at the next turn', async () => {
  const { tokens, call } = await enter(testbed, 'cousins@example.com')
  const mine = await refresh(tokens.refreshToken)
  const stolen = await refresh(tokens.refreshToken)
  const [next, theirs] = [await refresh(mine), await refresh(stolen)]
  await refresh(theirs)
  await age(theirs, 11)
  await assert.rejects(refresh(next), isCode('REFRESH_TOKEN_REUSED'))
  assert.equal(await reasonOf(call.actor.sessionId), 'token_reused')
})

test('used again later, the whole family ends, and that stays though the request fails', async () => {
  const { tokens, call } = await enter(testbed, 'stolen@example.com')
  const second = await refresh(tokens.refreshToken)
  await age(tokens.refreshToken, 11)
  await assert.rejects(refresh(tokens.refreshToken), isCode('REFRESH_TOKEN_REUSED'))
  assert.equal(await reasonOf(call.actor.sessionId), 'token_reused')
  await assert.rejects(refresh(second), isCode('REFRESH_TOKEN_INVALID'))
  const sessionId = call.actor.sessionId!
  assert.deepEqual(await testbed.eventsOf(sessionId), ['identity.session.revoked'])
  const audit = await testbed.ask(sql`select actor_kind, action, after from identity.audit_logs
    where subject = ${sessionId} and action = 'session.revoked'`)
  assert.deepEqual(audit, [
    { actor_kind: 'system', action: 'session.revoked', after: { reason: 'token_reused' } },
  ])
})

test('using it again and again within the ten seconds doesn’t make them longer', async () => {
  const { tokens } = await enter(testbed, 'again@example.com')
  await refresh(tokens.refreshToken)
  await age(tokens.refreshToken, 9)
  await refresh(tokens.refreshToken)
  await age(tokens.refreshToken, 2)
  await assert.rejects(refresh(tokens.refreshToken), isCode('REFRESH_TOKEN_REUSED'))
})

test('many refreshes of one token at the same moment all succeed, and none ends the family', async () => {
  const { tokens, call } = await enter(testbed, 'race@example.com')
  const next = await Promise.all(Array.from({ length: 12 }, () => refresh(tokens.refreshToken)))
  assert.equal(new Set(next).size, 12)
  await Promise.all(next.map(refresh))
  assert.equal(await reasonOf(call.actor.sessionId), null)
})

test('a session ends after thirty days without use, and each use begins them anew', async () => {
  const { tokens, call } = await enter(testbed, 'idle@example.com')
  const pass = (days: number) =>
    testbed.ask(sql`with aged as (
      update identity.sessions set expires_at = expires_at - make_interval(days => ${days})
      where id = ${call.actor.sessionId} returning id
    ) update identity.refresh_tokens set expires_at = expires_at - make_interval(days => ${days})
      where session_id in (select id from aged)`)
  await pass(29)
  const second = await refresh(tokens.refreshToken)
  await pass(29)
  const third = await refresh(second)
  await pass(31)
  await assert.rejects(refresh(third), isCode('REFRESH_TOKEN_INVALID'))
})

test('a token is nobody’s in another tenant, and so is any that we never gave', async () => {
  const { tokens } = await enter(testbed, 'elsewhere@example.com')
  const [other] = await testbed.ask(sql<{
    id: string
  }>`insert into identity.tenants (parent_id, kind, slug, name)
    select id, 'customer', 'other', 'Other' from identity.tenants returning id`)
  await assert.rejects(
    testbed.client.auth.refresh(tokens, { context: visit({ tenantId: other!.id }) }),
    isCode('REFRESH_TOKEN_INVALID'),
  )
  await assert.rejects(refresh(`frr_${'x'.repeat(43)}`), isCode('REFRESH_TOKEN_INVALID'))
})

test('I see my logins and end one of them, and nobody else’s', async () => {
  const email = 'devices@example.com'
  const { call } = await enter(testbed, email)
  const tokens = await logInFor(testbed, { email, password: PASSWORD })
  const other = callWith(tokens.accessToken)
  const list = async () => (await testbed.client.users.listSessions({}, { context: call })).sessions
  assert.deepEqual(
    (await list()).map(({ id, current, address }) => [id, current, address]),
    [
      [other.actor.sessionId, false, '192.0.2.1'],
      [call.actor.sessionId, true, '192.0.2.1'],
    ],
  )
  const stranger = await enter(testbed, 'stranger@example.com')
  const end = (id: string | null, by = call) =>
    testbed.client.users.revokeSession({ id: id! }, { context: by })
  await assert.rejects(end(other.actor.sessionId, stranger.call), isCode('SESSION_UNKNOWN'))
  await end(other.actor.sessionId)
  await assert.rejects(end(other.actor.sessionId), isCode('SESSION_UNKNOWN'))
  await assert.rejects(refresh(tokens.refreshToken), isCode('REFRESH_TOKEN_INVALID'))
  assert.equal((await list()).length, 1)
})

test('what has expired is removed, and what is of use stays', async () => {
  const old = await enter(testbed, 'old@example.com')
  const fresh = await enter(testbed, 'fresh@example.com')
  await testbed.ask(sql`update identity.sessions set expires_at = now() - interval '91 days'
    where id = ${old.call.actor.sessionId}`)
  await testbed.jobs['identity.remove-expired']()
  const left = await testbed.ask(sql<{ id: string }>`select id from identity.sessions
    where id in (${old.call.actor.sessionId}, ${fresh.call.actor.sessionId})`)
  assert.deepEqual(left, [{ id: fresh.call.actor.sessionId }])
  await refresh(fresh.tokens.refreshToken)
})
