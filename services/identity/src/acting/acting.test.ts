import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type Call, DEFAULT_TENANT_ID, type KeyScope } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import {
  callAsSystem,
  enter,
  enterAsOwner,
  isCode,
  logInAs,
  openTenant,
  openTestbed,
  type Testbed,
  visit,
} from '../testbed/open-testbed.ts'
import { grantRole } from '../users/roles-store.ts'

type Opened = Awaited<ReturnType<typeof openTenant>>
let testbed: Testbed
let owner: Call
let shop: Opened
let client: Opened
let rival: Opened
let rivals: Opened
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
  shop = await openTenant(testbed, owner, 'reseller', 'shop')
  client = await openTenant(testbed, shop.call, 'customer', 'client')
  rival = await openTenant(testbed, owner, 'reseller', 'rival')
  rivals = await openTenant(testbed, rival.call, 'customer', 'rivals')
})
after(() => testbed?.close())

const act = (by: Call, id: string) => testbed.client.tenants.act({ id }, { context: by })
const resolve = async (token: string, address: string | null = '192.0.2.1') =>
  (await testbed.client.access.resolveKey({ key: token, address }, { context: callAsSystem() }))?.actor
/** The call that a switch makes, as the gateway would make it. */
async function enterTenant(by: Call, { tenant }: Opened): Promise<Call & { token: string }> {
  const { accessToken: token } = await act(by, tenant.id)
  const actor = await resolve(token)
  assert.ok(actor)
  return { ...visit(), actor, token }
}
const makeKey = async (by: Call, scopes: KeyScope[], more = {}) => {
  const { key, id } = await testbed.client.keys.create({ name: 'k', scopes, ...more }, { context: by })
  return { key, id, call: { ...visit(), actor: (await resolve(key))! } }
}

let switched: Awaited<ReturnType<typeof enterTenant>>
beforeEach(async () => {
  shop.call = await logInAs(testbed, shop.email, visit({ tenantId: shop.tenant.id }))
  switched = await enterTenant(shop.call, client)
})

test('a reseller acts in its customer’s tenant as itself, for ten minutes and without a refresh', async () => {
  const answer = await act(shop.call, client.tenant.id)
  assert.equal(answer.expiresIn, 600)
  assert.equal(answer.tenantId, client.tenant.id)
  assert.ok(!('refreshToken' in answer))
  assert.deepEqual(switched.actor, {
    kind: 'user',
    id: shop.call.actor.id,
    tenantId: client.tenant.id,
    visibleTenants: [shop.tenant.id, DEFAULT_TENANT_ID],
    permissions: answer.permissions,
    sessionId: shop.call.actor.sessionId,
    actingTenantId: shop.tenant.id,
  })
  const { users } = await testbed.client.users.list({}, { context: switched })
  assert.deepEqual(
    users.map(({ email }) => email),
    [client.email],
  )
})

test('all below is within reach, and nothing beside, above, or one’s own', async () => {
  await enterTenant(owner, client)
  await enterTenant(owner, shop)
  for (const id of [
    rival.tenant.id,
    rivals.tenant.id,
    DEFAULT_TENANT_ID,
    shop.tenant.id,
    crypto.randomUUID(),
  ])
    await assert.rejects(act(shop.call, id), isCode('TENANT_UNKNOWN'), id)
  for (const id of [shop.tenant.id, client.tenant.id])
    await assert.rejects(act(client.call, id), isCode('TENANT_UNKNOWN'))
})

test('nobody is there who they would be, switches on, or gives credits away', async () => {
  const { permissions } = switched.actor
  assert.ok(permissions.includes('users:write') && permissions.includes('tenants:write'))
  for (const none of [
    'self:read',
    'self:write',
    'self:factors',
    'tenants:act',
    'tenants:own',
    'credits:grant',
  ])
    assert.ok(!permissions.includes(none), none)
  await assert.rejects(testbed.client.users.me({}, { context: switched }), isCode('ACCESS_FORBIDDEN'))
  await assert.rejects(act(switched, client.tenant.id), isCode('ACCESS_FORBIDDEN'))
  const grant = { accountId: client.tenant.id, amount: 1, reference: 'r' }
  const inShop = await enterTenant(owner, shop)
  await assert.rejects(testbed.client.credits.grant(grant, { context: inShop }), isCode('ACCESS_FORBIDDEN'))
  await assert.rejects(
    testbed.client.keys.create({ name: 'stays', scopes: ['users:read'] }, { context: switched }),
    isCode('ACCESS_UNPROVEN'),
  )
})

test('they may do no more than at home, now and not when they switched', async () => {
  const { call } = await enter(testbed, 'helper@example.com', visit({ tenantId: shop.tenant.id }))
  await assert.rejects(act(call, client.tenant.id), isCode('ACCESS_FORBIDDEN'))
  const named = { tenantId: shop.tenant.id, userId: call.actor.id! }
  await testbed.deps.system.transact((transaction) => grantRole(transaction, { ...named, role: 'admin' }))
  const helper = await logInAs(testbed, 'helper@example.com', visit({ tenantId: shop.tenant.id }))
  const { token, actor } = await enterTenant(helper, client)
  assert.ok(actor.permissions.includes('users:write'))
  await testbed.ask(sql`delete from identity.user_roles
    where user_id = ${named.userId} and role_id in (select id from identity.roles where key = 'admin')`)
  assert.equal(await resolve(token), undefined)
})

test('they govern members of the tenant, and touch no owner', async () => {
  const visitor = visit({ tenantId: client.tenant.id })
  const { call: member } = await enter(testbed, 'member@example.com', visitor)
  const suspend = (id: string) => testbed.client.users.suspend({ id }, { context: switched })
  assert.equal((await suspend(member.actor.id!)).state, 'suspended')
  await assert.rejects(suspend(client.call.actor.id!), isCode('ROLE_TOO_HIGH'))
  const roles = (role: 'owner' | 'support') =>
    testbed.client.users.changeRoles({ id: member.actor.id!, roles: [role] }, { context: switched })
  await assert.rejects(roles('owner'), isCode('ROLE_TOO_HIGH'))
  assert.deepEqual((await roles('support')).roles, ['support'])
})

test('it is written down in both books, and so is all that is done', async () => {
  await testbed.client.branding.change({ mailSenderName: 'Changed' }, { context: switched })
  const books = await testbed.ask(sql`select tenant_id, acting_tenant_id, actor_kind, actor_id, action
    from identity.audit_logs where request_id = 'test' and action in ('tenant.entered', 'branding.changed')
      and actor_id = ${shop.call.actor.id} order by happened_at desc, acting_tenant_id nulls first limit 3`)
  const common = { actor_kind: 'user', actor_id: shop.call.actor.id }
  const there = { ...common, tenant_id: client.tenant.id, acting_tenant_id: shop.tenant.id }
  assert.deepEqual(books, [
    { ...there, action: 'branding.changed' },
    { ...common, tenant_id: shop.tenant.id, acting_tenant_id: null, action: 'tenant.entered' },
    { ...there, action: 'tenant.entered' },
  ])
})

test('it ends with the login, the user and either tenant', async () => {
  const suspendTenant = (by: Call, id: string) => testbed.client.tenants.suspend({ id }, { context: by })
  const resumeTenant = (by: Call, id: string) => testbed.client.tenants.resume({ id }, { context: by })
  for (const [by, id] of [
    [shop.call, client.tenant.id],
    [owner, shop.tenant.id],
  ] as const) {
    await suspendTenant(by, id)
    assert.equal(await resolve(switched.token), undefined)
    if (by === shop.call) await assert.rejects(act(by, id), isCode('TENANT_SUSPENDED'))
    await resumeTenant(by, id)
    assert.ok(await resolve(switched.token))
  }
  await testbed.ask(sql`update identity.users set state = 'suspended', suspended_at = now()
    where id = ${shop.call.actor.id}`)
  assert.equal(await resolve(switched.token), undefined)
  await testbed.ask(sql`update identity.users set state = 'active', suspended_at = null
    where id = ${shop.call.actor.id}`)
  assert.ok(await resolve(switched.token))
  await testbed.client.auth.logout({}, { context: shop.call })
  assert.equal(await resolve(switched.token), undefined)
})

test('a key with the scope switches too, from its addresses and while it works', async () => {
  const plain = await makeKey(shop.call, ['tenants:write'])
  await assert.rejects(act(plain.call, client.tenant.id), isCode('ACCESS_FORBIDDEN'))
  const bound = await makeKey(shop.call, ['tenants:act', 'users:read'], {
    allowedAddresses: ['192.0.2.0/24'],
  })
  const { token, actor } = await enterTenant(bound.call, client)
  assert.deepEqual([actor.kind, actor.id, actor.sessionId], ['key', bound.id, null])
  assert.deepEqual(actor.permissions, ['users:read'])
  assert.equal(await resolve(token, '198.51.100.1'), undefined)
  assert.equal(await resolve(token, null), undefined)
  await testbed.client.keys.revoke({ id: bound.id }, { context: shop.call })
  assert.equal(await resolve(token), undefined)
})

test('a login that was left open switches nobody', async () => {
  await testbed.ask(sql`update identity.sessions set proven_at = now() - interval '16 minutes'
    where id = ${shop.call.actor.sessionId}`)
  await assert.rejects(act(shop.call, client.tenant.id), isCode('STEP_UP_REQUIRED'))
})

test('it lasts ten minutes', async (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 595_000 })
  assert.ok(await resolve(switched.token))
  context.mock.timers.setTime(Date.now() + 10_000)
  assert.equal(await resolve(switched.token), undefined)
})

test('no other token passes for a switch', async () => {
  const login = await testbed.client.auth.login(
    { email: shop.email, password: 'correct horse battery' },
    { context: visit({ tenantId: shop.tenant.id }) },
  )
  assert.ok('accessToken' in login)
  const [head, payload, signature] = switched.token.split('.')
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString())
  const turned = Buffer.from(JSON.stringify({ ...claims, tenant: rivals.tenant.id })).toString('base64url')
  for (const token of [
    `fr_act_${login.accessToken}`,
    `${head}.${turned}.${signature}`,
    `${head}.${payload}.`,
    'fr_act_',
    'fr_act_rubbish',
  ])
    assert.equal(await resolve(token), undefined, token)
})
