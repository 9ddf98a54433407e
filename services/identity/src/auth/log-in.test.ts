import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID, rolePermissions } from '@flatrender/contracts/call'
import { ACCESS_TOKEN_AUDIENCE, accessClaims } from '@flatrender/contracts/identity'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { sql } from 'kysely'
import {
  callAsSystem,
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

test('register → verify → login → me → refresh → logout', async () => {
  const { client } = testbed
  const email = 'Mina@Example.com'
  await client.auth.register({ email, password: PASSWORD, name: 'Mina', language: 'fa' }, { context })
  const login = () => logInFor(testbed, { email: 'mina@example.com', password: PASSWORD })
  await assert.rejects(login(), isCode('LOGIN_REFUSED'))
  const token = await testbed.readMail(email)
  const user = await client.auth.verifyEmail({ token }, { context })
  assert.deepEqual([user.emailVerified, user.roles, user.language], [true, ['member'], 'fa'])
  const tokens = await login()
  assert.equal(tokens.expiresIn, 600)
  const me = callWith(tokens.accessToken)
  assert.deepEqual(await client.users.me({}, { context: me }), user)
  const renamed = await client.users.changeMe({ name: 'Mina R.' }, { context: me })
  assert.deepEqual([renamed.name, renamed.language], ['Mina R.', 'fa'])
  const refreshed = await client.auth.refresh({ refreshToken: tokens.refreshToken }, { context })
  assert.equal(callWith(refreshed.accessToken).actor.sessionId, me.actor.sessionId)
  await client.auth.logout({}, { context: me })
  await assert.rejects(
    client.auth.refresh({ refreshToken: refreshed.refreshToken }, { context }),
    isCode('REFRESH_TOKEN_INVALID'),
  )
  assert.deepEqual(await testbed.eventsOf(user.id), [
    'identity.email_verification.requested',
    'identity.user.registered',
    'identity.user.verified',
  ])
  assert.deepEqual(await testbed.eventsOf(me.actor.sessionId!), ['identity.session.revoked'])
})

test('an access token says who, where and for ten minutes, and the published keys prove it', async () => {
  const { tokens, call } = await enter(testbed, 'claims@example.com')
  const { keys } = await testbed.client.access.jwks({}, { context: callAsSystem() })
  const { payload, protectedHeader } = await jwtVerify(
    tokens.accessToken,
    createLocalJWKSet({ keys: keys as never }),
    {
      issuer: ACCESS_TOKEN_AUDIENCE,
      audience: ACCESS_TOKEN_AUDIENCE,
      algorithms: ['EdDSA'],
    },
  )
  assert.equal(payload.exp! - payload.iat!, 600)
  assert.equal(protectedHeader.kid, keys[0]!.kid)
  assert.deepEqual(accessClaims.parse(payload), {
    sub: call.actor.id,
    tenant: DEFAULT_TENANT_ID,
    above: [],
    session: call.actor.sessionId,
    permissions: [...rolePermissions.member],
  })
})

test('a login and its end are written down, by whom and from where', async () => {
  const { call } = await enter(testbed, 'audit@example.com')
  await testbed.client.auth.logout({ everywhere: true }, { context: call })
  const rows =
    await testbed.ask(sql`select actor_kind, host(address) as address, action from identity.audit_logs
    where actor_id = ${call.actor.id} order by happened_at`)
  const by = { actor_kind: 'user', address: '192.0.2.1' }
  assert.deepEqual(rows, [
    { ...by, action: 'user.registered' },
    { ...by, action: 'user.verified' },
    { ...by, action: 'user.login' },
    { ...by, action: 'session.revoked' },
  ])
})

test('nobody logs in who is suspended, nor into a suspended tenant, with the right password or a refresh token', async () => {
  const { client, ask } = testbed
  const email = 'suspended@example.com'
  const { tokens } = await enter(testbed, email)
  const login = () => client.auth.login({ email, password: PASSWORD }, { context })
  const refresh = () => client.auth.refresh({ refreshToken: tokens.refreshToken }, { context })
  await ask(sql`update identity.users set state = 'suspended', suspended_at = now() where email = ${email}`)
  await assert.rejects(login(), isCode('LOGIN_REFUSED'))
  await assert.rejects(refresh(), isCode('REFRESH_TOKEN_INVALID'))
  await ask(sql`update identity.users set state = 'active', suspended_at = null where email = ${email}`)
  await ask(sql`update identity.tenants set state = 'suspended', suspended_at = now()`)
  for (const attempt of [login, refresh]) await assert.rejects(attempt(), isCode('TENANT_SUSPENDED'))
  await ask(sql`update identity.tenants set state = 'active', suspended_at = null`)
  await refresh()
})

test('the guard stands before all of it', async () => {
  const { client } = testbed
  await assert.rejects(client.users.me({}, { context }), isCode('ACCESS_UNPROVEN'))
  const { call } = await enter(testbed, 'guard@example.com')
  for (const forbidden of [
    client.tenants.list({}, { context: call }),
    client.keys.list({}, { context: call }),
    client.access.jwks({}, { context: call }),
  ])
    await assert.rejects(forbidden, isCode('ACCESS_FORBIDDEN'))
})

test('words that PostgreSQL can’t keep are refused at the door', async () => {
  const { call } = await enter(testbed, 'words@example.com')
  const change = (name: string) => testbed.client.users.changeMe({ name }, { context: call })
  await assert.rejects(change('a\0b'), { code: 'BAD_REQUEST' })
  assert.equal(
    (await change("'; drop table identity.users; --\u{1F3AC}")).name,
    "'; drop table identity.users; --\u{1F3AC}",
  )
})
