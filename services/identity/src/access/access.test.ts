import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Call, DEFAULT_TENANT_ID, type KeyScope } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { normaliseError } from '@flatrender/platform/service'
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
import { grantRole } from '../users/roles-store.ts'

let testbed: Testbed
let owner: Call
let customer: Awaited<ReturnType<typeof openTenant>>
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
  customer = await openTenant(testbed, owner, 'customer', 'client')
})
after(() => testbed?.close())

const context = callAsSystem()
const resolve = (key: string, address: string | null = '192.0.2.1') =>
  testbed.client.access.resolveKey({ key, address }, { context })
const make = (
  by: Call,
  {
    scopes = ['self:read'] as KeyScope[],
    allowedAddresses = [] as string[],
    expiresAt = null as string | null,
  } = {},
) => testbed.client.keys.create({ name: 'mine', scopes, allowedAddresses, expiresAt }, { context: by })
const revocations = () => testbed.client.access.revocations({}, { context })

test('a key is shown once, kept as a hash, and says who has it', async () => {
  const made = await make(customer.call, { scopes: ['self:read', 'users:read'] })
  assert.match(made.key, /^fr_live_[a-z]{8}_[\w-]{43}$/)
  assert.equal(made.prefix, made.key.slice(0, 16))
  assert.deepEqual(await resolve(made.key), {
    actor: {
      kind: 'key',
      id: made.id,
      tenantId: customer.tenant.id,
      visibleTenants: [DEFAULT_TENANT_ID],
      permissions: ['self:read', 'users:read'],
      sessionId: null,
    },
  })
  assert.equal(await resolve(`${made.key}x`), null)
  const { keys } = await testbed.client.keys.list({}, { context: customer.call })
  assert.ok(!JSON.stringify(keys).includes(made.key))
  assert.deepEqual((await testbed.client.keys.list({}, { context: owner })).keys, [])
  const stored = await testbed.ask(
    sql<{ text: string }>`select k::text as text from identity.tenant_api_keys k`,
  )
  assert.ok(stored.every(({ text }) => !text.includes(made.key)))
})

test('a key can do no more than who makes it, nor more than they still may', async () => {
  const email = 'admin@example.com'
  const { call: member } = await enter(testbed, email)
  const userId = member.actor.id!
  const admin = { userId, tenantId: DEFAULT_TENANT_ID, role: 'admin' } as const
  await testbed.deps.system.transact((transaction) => grantRole(transaction, admin))
  const call = await logInAs(testbed, email)
  const narrow = { ...call, actor: { ...call.actor, permissions: ['self:read', 'keys:write'] } }
  await assert.rejects(make(narrow, { scopes: ['users:write', 'self:read'] }), (error) => {
    assert.ok(isCode('API_KEY_SCOPE_TOO_WIDE')(error))
    assert.deepEqual((error as { data: unknown }).data, { scopes: ['users:write'] })
    return true
  })
  const { key } = await make(call, { scopes: ['self:read', 'users:write', 'keys:write'] })
  const program = { ...call, actor: (await resolve(key))!.actor }
  assert.equal((await testbed.client.users.me({}, { context: program })).email, email)
  await assert.rejects(make(program, { scopes: ['users:write'] }), isCode('ACCESS_UNPROVEN'))
  await testbed.ask(sql`delete from identity.user_roles where user_id = ${userId}
    and role_id in (select id from identity.roles where key = 'admin')`)
  assert.deepEqual((await resolve(key))!.actor.permissions, ['self:read'])
  await testbed.ask(
    sql`update identity.users set state = 'suspended', suspended_at = now() where id = ${userId}`,
  )
  assert.equal(await resolve(key), null)
  assert.deepEqual((await revocations()).users, [userId])
})

test('a key has no self: nothing of its maker’s can be changed with it', async () => {
  for (const scope of ['self:write', 'self:factors'] as const)
    await assert.rejects(make(owner, { scopes: [scope] as never }), (error) =>
      isFlatRenderError(normaliseError(error, []), 'REQUEST_INVALID'),
    )
  const { id, key } = await make(owner)
  await testbed.ask(sql`update identity.tenant_api_keys set scopes = '{self:read,self:write,self:factors}'
    where id = ${id}`)
  const { actor } = (await resolve(key))!
  assert.deepEqual(actor.permissions, ['self:read'])
  const program = { ...owner, actor }
  const me = await testbed.client.users.me({}, { context: program })
  assert.equal(me.id, owner.actor.id)
  await assert.rejects(
    testbed.client.users.changeMe({ name: 'no' }, { context: program }),
    isCode('ACCESS_FORBIDDEN'),
  )
})

test('a key works from its addresses alone; a network may be named by an address in it', async () => {
  const { key, allowedAddresses } = await make(owner, {
    allowedAddresses: ['198.51.100.7/24', '2001:db8::/32'],
  })
  assert.deepEqual(allowedAddresses, ['198.51.100.0/24', '2001:db8::/32'])
  const works = async (address: string | null) => (await resolve(key, address)) !== null
  assert.deepEqual(
    await Promise.all(
      ['::ffff:198.51.100.200', '2001:db8:5::1', '203.0.113.1', '2001:db9::1', null].map(works),
    ),
    [true, true, false, false, false],
  )
})

test('a key may be bound to a single address', async () => {
  const { key, allowedAddresses } = await make(owner, { allowedAddresses: ['::1', '192.0.2.9'] })
  assert.deepEqual(allowedAddresses, ['::1/128', '192.0.2.9/32'])
  const works = async (address: string) => (await resolve(key, address)) !== null
  assert.deepEqual(await Promise.all(['::1', '192.0.2.9', '::2', '192.0.2.8'].map(works)), [
    true,
    true,
    false,
    false,
  ])
})

test('a key ends when it is revoked, when it expires, and while its tenant is suspended', async () => {
  await assert.rejects(make(customer.call, { expiresAt: '2020-01-01T00:00:00Z' }), isCode('API_KEY_EXPIRED'))
  const [one, two] = [
    await make(customer.call),
    await make(customer.call, { expiresAt: '2120-01-01T00:00:00Z' }),
  ]
  assert.notEqual(await resolve(two.key), null)
  await testbed.ask(
    sql`update identity.tenant_api_keys set expires_at = now() - interval '1 second' where id = ${two.id}`,
  )
  assert.equal(await resolve(two.key), null)
  await testbed.client.tenants.suspend({ id: customer.tenant.id }, { context: owner })
  assert.equal(await resolve(one.key), null)
  await testbed.client.tenants.resume({ id: customer.tenant.id }, { context: owner })
  assert.notEqual(await resolve(one.key), null)
  const revoke = (by: Call) => testbed.client.keys.revoke({ id: one.id }, { context: by })
  await assert.rejects(revoke(owner), isCode('API_KEY_UNKNOWN'))
  await revoke(customer.call)
  await assert.rejects(revoke(customer.call), isCode('API_KEY_UNKNOWN'))
  assert.equal(await resolve(one.key), null)
  assert.deepEqual((await revocations()).keys, [one.id])
  assert.deepEqual(await testbed.eventsOf(one.id), ['identity.key.created', 'identity.key.revoked'])
})

test('the use of a key is written down once a minute at most', async () => {
  const { key, id } = await make(owner)
  const seen = async () =>
    (
      await testbed.ask(sql<{ at: string; from: string }>`select last_used_at::text as at,
      host(last_used_address) as from from identity.tenant_api_keys where id = ${id}`)
    )[0]!
  await resolve(key, '192.0.2.5')
  const first = await seen()
  assert.equal(first.from, '192.0.2.5')
  await resolve(key, '192.0.2.6')
  assert.deepEqual(await seen(), first)
  await testbed.ask(
    sql`update identity.tenant_api_keys set last_used_at = now() - interval '61 seconds' where id = ${id}`,
  )
  await resolve(key, '192.0.2.6')
  assert.equal((await seen()).from, '192.0.2.6')
})

test('a request’s tenant: by a proven domain, else by the slug it names, else the default one', async () => {
  const ask = (host: string | null, slug: string | null = null) =>
    testbed.client.access.resolveTenant({ host, slug }, { context })
  const branding = (
    proven: boolean,
  ) => sql`insert into identity.tenant_branding (tenant_id, domain, domain_token, domain_verified_at)
    values (${customer.tenant.id}, 'video.example.com', 'token', ${proven ? new Date() : null})
    on conflict (tenant_id) do update set domain_verified_at = excluded.domain_verified_at`
  const fallback = { tenantId: DEFAULT_TENANT_ID, visibleTenants: [], suspended: false, allowedOrigins: [] }
  const found = {
    ...fallback,
    tenantId: customer.tenant.id,
    visibleTenants: [DEFAULT_TENANT_ID],
    allowedOrigins: ['https://video.example.com'],
  }
  await testbed.ask(branding(false))
  assert.deepEqual(await ask('video.example.com'), fallback)
  await testbed.ask(branding(true))
  assert.deepEqual(await ask('Video.Example.com:8443', 'flatrender'), found)
  assert.deepEqual(await ask('localhost', 'client'), found)
  assert.deepEqual(await ask(null), fallback)
  await assert.rejects(ask(null, 'nobodys'), isCode('TENANT_UNKNOWN'))
  await testbed.client.tenants.suspend({ id: customer.tenant.id }, { context: owner })
  assert.equal((await ask(null, 'client')).suspended, true)
  await testbed.client.tenants.resume({ id: customer.tenant.id }, { context: owner })
})

test('whose pages may call for a tenant: those it names, and its own domain once that is proven', async () => {
  const { id } = customer.tenant
  const origins = async () =>
    (await testbed.client.access.resolveTenant({ host: null, slug: 'client' }, { context })).allowedOrigins
  await testbed.ask(sql`update identity.tenant_branding
    set allowed_origins = '{https://app.example.com}', domain_verified_at = null where tenant_id = ${id}`)
  assert.deepEqual(await origins(), ['https://app.example.com'])
  await testbed.ask(
    sql`update identity.tenant_branding set domain_verified_at = now() where tenant_id = ${id}`,
  )
  assert.deepEqual(await origins(), ['https://video.example.com', 'https://app.example.com'])
})

test('where a user gets mail, in their own tenant alone', async () => {
  const userId = customer.call.actor.id!
  const ask = (tenantId: string) =>
    testbed.client.access.contactOf({ userId }, { context: callAsSystem(tenantId) })
  assert.deepEqual(await ask(customer.tenant.id), { email: customer.email, name: '', language: 'en' })
  assert.equal(await ask(DEFAULT_TENANT_ID), null)
})

test('the name that somebody registered an address with is told once the address is proven', async () => {
  const [email, name] = ['named@example.com', 'Read what I have to say']
  const context = visit()
  await testbed.client.auth.register({ email, password: PASSWORD, name }, { context })
  const [user] = await testbed.ask<{ id: string }>(sql`select id from identity.users where email = ${email}`)
  const { id } = await testbed.client.invitations.create({ email, role: 'member' }, { context: owner })
  const told = async () => {
    const asSystem = { context: callAsSystem() }
    const contact = await testbed.client.access.contactOf({ userId: user!.id }, asSystem)
    const invitee = await testbed.client.access.inviteeOf({ invitationId: id }, asSystem)
    return [contact?.name, invitee?.name]
  }
  assert.deepEqual(await told(), ['', ''])
  await testbed.client.auth.verifyEmail({ token: await testbed.readMail(email) }, { context })
  assert.deepEqual(await told(), [name, name])
})

test('a session that ended is told of for a quarter of an hour', async () => {
  const { call } = await enter(testbed, 'ended@example.com')
  await testbed.client.auth.logout({}, { context: call })
  assert.ok((await revocations()).sessions.includes(call.actor.sessionId!))
  await testbed.ask(sql`update identity.sessions set revoked_at = revoked_at - interval '15 minutes'
    where id = ${call.actor.sessionId}`)
  assert.ok(!(await revocations()).sessions.includes(call.actor.sessionId!))
})

test('rows that nobody has are missing; a deleted user is, once others have had time to hear of it', async () => {
  const { call: person } = await enter(testbed, 'leaving@example.com')
  const id = person.actor.id!
  const missing = async (of: 'users' | 'tenants', ids: string[]) =>
    (await testbed.client.access.missing({ of, ids }, { context })).ids
  const nobody = '11111111-1111-4111-8111-111111111111'
  assert.deepEqual(await missing('users', [id, nobody]), [nobody])
  assert.deepEqual(await missing('tenants', [customer.tenant.id, nobody]), [nobody])
  await testbed.client.users.deleteMe({}, { context: person })
  assert.deepEqual(await missing('users', [id]), [])
  await testbed.ask(sql`update identity.users set deleted_at = now() - interval '2 hours' where id = ${id}`)
  assert.deepEqual(await missing('users', [id]), [id])
})
