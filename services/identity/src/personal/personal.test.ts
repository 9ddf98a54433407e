import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import {
  callAsSystem,
  enter,
  enterAsOwner,
  isCode,
  logInAs,
  logInFor,
  openTenant,
  openTestbed,
  PASSWORD,
  type Testbed,
  visit,
} from '../testbed/open-testbed.ts'
import { openSoftAuthenticator } from '../testbed/soft-authenticator.ts'
import { personalTables } from './personal-tables.ts'

let testbed: Testbed
let owner: Call
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
})
after(() => testbed?.close())

const context = visit()

/** Somebody with one of everything: factor, recovery codes, key, sent and accepted invitation, foreign account, push, credits. */
async function settle(email: string) {
  const sent = await testbed.client.invitations.create({ email, role: 'admin' }, { context: owner })
  const token = await testbed.readInvitation(sent.id)
  await testbed.client.auth.acceptInvitation({ token, password: PASSWORD, name: 'Sara Sattler' }, { context })
  const tokens = await logInFor(testbed, { email, password: PASSWORD })
  const call = await logInAs(testbed, email)
  const asked = await testbed.client.factors.addWebauthn({}, { context: call })
  const attestation = openSoftAuthenticator().create(asked)
  await testbed.client.factors.verifyWebauthn({ attestation }, { context: call })
  const { key } = await testbed.client.keys.create({ name: 'mine', scopes: ['self:read'] }, { context: call })
  const friend = `friend-of-${email}`
  const invitation = await testbed.client.invitations.create(
    { email: friend, role: 'member' },
    { context: call },
  )
  const { id, tenantId } = call.actor
  await testbed.ask(sql`with provider as (
      insert into identity.oauth_providers (tenant_id, key, kind, name, issuer, client_id)
      values (${tenantId}, ${`p-${id}`}, 'oidc', 'P', 'https://id.example.com', 'us') returning id
    ) insert into identity.oauth_accounts (tenant_id, user_id, provider_id, subject, email)
      select ${tenantId}, ${id}, id, 'them', ${email} from provider`)
  await testbed.ask(sql`insert into identity.push_subscriptions (tenant_id, user_id, endpoint, p256dh, sealed_auth)
    values (${tenantId}, ${id}, ${`https://push.example.com/${id}`}, ${Buffer.alloc(65)}, 'sealed'::bytea)`)
  await testbed.ask(sql`insert into identity.credit_accounts (tenant_id, account_id, balance)
    values (${tenantId}, ${id}, 7)`)
  await testbed.ask(sql`insert into identity.tenant_api_request_logs
    (tenant_id, request_id, user_id, method, route, status, duration_ms, address)
    values (${tenantId}, 'r', ${id}, 'GET', '/me', 200, 5, '192.0.2.1')`)
  return { call, id: id!, tokens, key, friend, invitation }
}

test('every table with rows of a person is listed, with all that is secret in it', async () => {
  const links = await testbed.ask(sql<{ name: string }>`
    select relation.relname || '.' || attribute.attname as name
    from pg_class as relation join pg_namespace as space on space.oid = relation.relnamespace
    join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum > 0
    where space.nspname = 'identity' and relation.relkind in ('r', 'p') and not relation.relispartition
      and (
        col_description(relation.oid, attribute.attnum) like 'identity.users.id%'
        or exists (
          select from pg_constraint as link where link.conrelid = relation.oid and link.contype = 'f'
            and link.confrelid = 'identity.users'::regclass and attribute.attnum = any (link.conkey)
            and attribute.attname <> 'tenant_id'
        )
      ) order by name`)
  const others = [
    // The address of somebody else.
    'invitations.invited_by_id',
  ]
  const listed = personalTables.tables.map(({ table, by }) => `${table}.${by}`)
  // The first is the person, the second hangs from user_points, and the third may be of any table.
  const unlinked = ['users.id', 'points_entries.user_id', 'audit_logs.subject']
  const found = [...links.map(({ name }) => name), ...unlinked]
  assert.deepEqual([...new Set(found)].sort(), [...new Set([...listed, ...others])].sort())
  const columns = await testbed.ask(sql<{ table: string; column: string; bytes: boolean }>`
    select table_name as table, column_name as column, data_type = 'bytea' as bytes
    from information_schema.columns where table_schema = 'identity'`)
  for (const { table, hides } of personalTables.tables) {
    const mine = columns.filter((column) => column.table === table)
    for (const { column, bytes } of mine)
      if (bytes || /secret|hash|token/.test(column)) assert.ok(hides.includes(column), `${table}.${column}`)
    for (const hidden of hides)
      assert.ok(
        mine.some(({ column }) => column === hidden),
        `${table}.${hidden}`,
      )
  }
})

test('an export holds all that is kept of one person, of nobody else, and no secret', async () => {
  const { call, id, key } = await settle('export@example.com')
  await settle('other@example.com')
  await testbed.client.users.demandFactor({ id, required: true }, { context: owner })
  const { exportedAt, services } = await testbed.client.users.exportMe({}, { context: call })
  assert.ok(Date.parse(exportedAt) > Date.now() - 60_000)
  const tables = services.identity!
  assert.deepEqual(
    Object.keys(tables).sort(),
    [...new Set(personalTables.tables.map(({ table }) => table))].sort(),
  )
  const sizes = Object.entries(tables).flatMap(([table, rows]) =>
    rows.length > 0 ? [[table, rows.length]] : [],
  )
  assert.deepEqual(Object.fromEntries(sizes), {
    users: 1,
    user_roles: 1,
    sessions: 2,
    mfa_factors: 1,
    recovery_codes: 10,
    user_tokens: 1,
    oauth_accounts: 1,
    push_subscriptions: 1,
    invitations: 1,
    tenant_api_keys: 1,
    audit_logs: tables.audit_logs!.length,
    tenant_api_request_logs: 1,
    credit_accounts: 1,
  })
  const acts = tables.audit_logs!
  assert.equal(new Set(acts.map((act) => act.id)).size, acts.length)
  const demanded = acts.find(({ action }) => action === 'user.factor_demanded')!
  assert.deepEqual([demanded.subject, demanded.actor_id, 'address' in demanded], [id, owner.actor.id, false])
  assert.ok(acts.some(({ action, address }) => action === 'user.login' && address !== null))
  const [user] = tables.users!
  assert.deepEqual([user!.id, user!.email, user!.name], [id, 'export@example.com', 'Sara Sattler'])
  const text = JSON.stringify(services)
  for (const secret of ['$argon2', '\\\\x', key, 'other@example.com', 'push.example.com'])
    assert.ok(!text.includes(secret), secret)
  const found = await testbed.client.access.resolveKey({ key, address: null }, { context: callAsSystem() })
  const byKey = { ...call, actor: found!.actor }
  await assert.rejects(testbed.client.users.exportMe({}, { context: byKey }), isCode('ACCESS_UNPROVEN'))
})

test('of who is deleted the logs keep ids, and not where they were; nothing else of them changes', async () => {
  const leaving = await settle('unplaced@example.com')
  const stays = await settle('placed@example.com')
  const placed = async (who: string) => {
    const [found] = await testbed.ask(sql<{ acts: number; requests: number }>`select
      (select count(*)::int from identity.audit_logs where actor_id = ${who}
        and (address is not null or user_agent is not null)) as acts,
      (select count(*)::int from identity.tenant_api_request_logs where user_id = ${who} and address is not null)
        as requests`)
    return found!
  }
  const acts = () =>
    testbed.ask(
      sql`select id, action, subject, before, after, request_id from identity.audit_logs order by id`,
    )
  const before = await placed(stays.id)
  await testbed.client.users.deleteMe({}, { context: leaving.call })
  const told = await acts()
  await testbed.jobs['identity.forget-addresses']()
  assert.deepEqual(await placed(leaving.id), { acts: 0, requests: 0 })
  assert.deepEqual(await placed(stays.id), before)
  assert.ok(before.acts > 0 && before.requests === 1)
  assert.deepEqual(await acts(), told)
  const isAppendOnly = /append-only|permission denied/
  for (const change of [
    sql`update identity.audit_logs set address = null, user_agent = null where actor_id = ${stays.id}`,
    sql`update identity.audit_logs set address = '192.0.2.77' where actor_id = ${leaving.id}`,
    sql`update identity.audit_logs set action = 'user.login' where actor_id = ${leaving.id}`,
    sql`delete from identity.audit_logs where actor_id = ${leaving.id}`,
  ])
    await assert.rejects(testbed.ask(change), isAppendOnly)
})

test('who deletes themselves leaves an id, and an address that is free again', async () => {
  const email = 'leaving@example.com'
  const { call, id, tokens, key, friend, invitation } = await settle(email)
  const stays = await settle('staying@example.com')
  const rowsOf = (who: string, ends: 'deleted' | 'kept') =>
    Promise.all(
      personalTables.tables
        .filter(({ atEnd }) => atEnd === ends)
        .map(({ table, by }) =>
          testbed.ask(sql`select 1 from ${sql.table(`identity.${table}`)} where ${sql.ref(by)} = ${who}`),
        ),
    ).then((found) => found.reduce((sum, rows) => sum + rows.length, 0))
  const before = await rowsOf(stays.id, 'deleted')
  const proven = (minutes: number) =>
    testbed.ask(sql`update identity.sessions set proven_at = now() - make_interval(mins => ${minutes})
      where id = ${call.actor.sessionId}`)
  await proven(16)
  await assert.rejects(testbed.client.users.deleteMe({}, { context: call }), isCode('STEP_UP_REQUIRED'))
  await proven(0)
  await testbed.client.users.deleteMe({}, { context: call })
  assert.equal(await rowsOf(id, 'deleted'), 0)
  assert.equal(await rowsOf(stays.id, 'deleted'), before)
  const [row] =
    await testbed.ask(sql`select email, name, password_hash, state, last_login_at from identity.users
    where id = ${id}`)
  assert.deepEqual(row, { email: null, name: '', password_hash: null, state: 'deleted', last_login_at: null })
  const asSystem = { context: callAsSystem() }
  assert.equal(await testbed.client.access.resolveKey({ key, address: null }, asSystem), null)
  assert.equal(await testbed.client.access.contactOf({ userId: id }, asSystem), null)
  assert.equal(await testbed.client.access.inviteeOf({ invitationId: invitation.id }, asSystem), null)
  assert.ok((await testbed.client.access.revocations({}, asSystem)).users.includes(id))
  const { refreshToken } = tokens
  await assert.rejects(
    testbed.client.auth.refresh({ refreshToken }, { context }),
    isCode('REFRESH_TOKEN_INVALID'),
  )
  await assert.rejects(logInAs(testbed, email), isCode('LOGIN_REFUSED'))
  for (const act of [testbed.client.users.deleteMe, testbed.client.users.me, testbed.client.users.exportMe])
    await assert.rejects(act({}, { context: call }), isCode('ACCESS_TOKEN_INVALID'))
  const events = await testbed.eventsOf(id)
  assert.equal(events.at(-1), 'identity.user.deleted')
  // Nothing that is kept names them; what they wrote to others is the others’.
  const kept = await testbed.ask(sql<{ text: string }>`
    select audit_logs::text as text from identity.audit_logs union all select events::text from platform.events
    union all select users::text from identity.users union all select invitations::text from identity.invitations`)
  for (const { text } of kept) assert.ok(!text.replaceAll(friend, '').includes(email), text)
  const again = await enter(testbed, email)
  assert.notEqual(again.call.actor.id, id)
  const mine = await testbed.client.users.exportMe({}, { context: again.call })
  assert.equal(mine.services.identity!.credit_accounts!.length, 0)
})

test('an admin deletes whom they may govern, by a login proven lately', async () => {
  const { call } = await enter(testbed, 'fired@example.com')
  const { id } = call.actor
  const remove = (who: string | null, by = owner) =>
    testbed.client.users.delete({ id: who! }, { context: by })
  await assert.rejects(remove(id, call), isCode('ACCESS_FORBIDDEN'))
  const narrow = { ...owner, actor: { ...owner.actor, permissions: ['users:write'] } }
  await assert.rejects(remove(id, narrow), isCode('ROLE_TOO_HIGH'))
  const other = await openTenant(testbed, owner, 'customer', 'elsewhere')
  await assert.rejects(remove(other.call.actor.id), isCode('USER_UNKNOWN'))
  await testbed.client.users.suspend({ id: id! }, { context: owner })
  await remove(id)
  await assert.rejects(remove(id), isCode('USER_UNKNOWN'))
  const acts = await testbed.ask(sql`select actor_id from identity.audit_logs
    where action = 'user.deleted' and subject = ${id}`)
  assert.deepEqual(acts, [{ actor_id: owner.actor.id }])
  await testbed.ask(sql`update identity.sessions set proven_at = now() - interval '16 minutes'
    where id = ${owner.actor.sessionId}`)
  await assert.rejects(remove(id), isCode('STEP_UP_REQUIRED'))
  await testbed.client.auth.stepUp({ password: PASSWORD }, { context: owner })
})

test('a tenant keeps an owner, even where both leave at once', async () => {
  const leave = (by: Call) => testbed.client.users.deleteMe({}, { context: by })
  await assert.rejects(leave(owner), isCode('OWNER_NEEDED'))
  const email = 'co-owner@example.com'
  const { call } = await enter(testbed, email)
  await testbed.client.users.changeRoles({ id: call.actor.id!, roles: ['owner'] }, { context: owner })
  const second = await logInAs(testbed, email)
  const answers = await Promise.allSettled([leave(owner), leave(second)])
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1)
  const failed = answers.find((answer) => answer.status === 'rejected')
  assert.ok(isCode('OWNER_NEEDED')(failed?.reason))
})
