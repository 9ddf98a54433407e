import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { createOwner } from '../service.ts'
import {
  callAsSystem,
  enter,
  enterAsOwner,
  isCode,
  openTenant,
  openTestbed,
  PASSWORD,
  type Testbed,
  visit,
} from '../testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
let reseller: Awaited<ReturnType<typeof openTenant>>
let customer: Awaited<ReturnType<typeof openTenant>>
let direct: Awaited<ReturnType<typeof openTenant>>
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
  reseller = await openTenant(testbed, owner, 'reseller', 'shop')
  customer = await openTenant(testbed, reseller.call, 'customer', 'client')
  direct = await openTenant(testbed, owner, 'customer', 'direct')
})
after(() => testbed?.close())

const create = (by: Call, kind: 'reseller' | 'customer', slug: string) =>
  testbed.client.tenants.create(
    { kind, slug, name: slug, owner: { email: 'x@example.com', password: PASSWORD } },
    { context: by },
  )
const suspend = (by: Call, id: string) => testbed.client.tenants.suspend({ id }, { context: by })
const resume = (by: Call, id: string) => testbed.client.tenants.resume({ id }, { context: by })
const revoked = async () =>
  (await testbed.client.access.revocations({}, { context: callAsSystem() })).tenants.sort()

test('the first start makes an owner once, however many start', async () => {
  const first = { tenantId: DEFAULT_TENANT_ID, email: 'late@example.com', password: PASSWORD, name: '' }
  assert.deepEqual(await Promise.all([createOwner(testbed.deps, first), createOwner(testbed.deps, first)]), [
    false,
    false,
  ])
  assert.deepEqual((await testbed.client.users.me({}, { context: owner })).roles, ['owner'])
  const fresh = await openTestbed()
  try {
    // Its roles are there already, so nothing but the lock makes the many wait.
    await enter(fresh, 'early@example.com')
    const many = await Promise.all(
      [1, 2, 3, 4].map((number) => createOwner(fresh.deps, { ...first, email: `${number}@example.com` })),
    )
    assert.deepEqual(many.sort(), [false, false, false, true])
  } finally {
    await fresh.close()
  }
})

test('a tenant has its five roles and an owner who may log in at once, and knows who is above it', async () => {
  const roles = await testbed.ask(sql<{ key: string }>`select key from identity.roles
    where tenant_id = ${customer.tenant.id} and built_in order by key`)
  assert.deepEqual(
    roles.map(({ key }) => key),
    ['admin', 'designer', 'member', 'owner', 'support'],
  )
  assert.deepEqual(customer.call.actor.visibleTenants, [reseller.tenant.id, DEFAULT_TENANT_ID])
  assert.ok(customer.call.actor.permissions.includes('tenants:write'))
  assert.equal(customer.tenant.parentId, reseller.tenant.id)
  assert.deepEqual(await testbed.eventsOf(customer.tenant.id), ['identity.tenant.created'])
})

test('what may stand below what, and one slug is one tenant', async () => {
  await assert.rejects(create(reseller.call, 'reseller', 'deep'), isCode('TENANT_KIND_MISPLACED'))
  await assert.rejects(create(customer.call, 'customer', 'deeper'), isCode('TENANT_KIND_MISPLACED'))
  await assert.rejects(create(owner, 'customer', 'shop'), isCode('TENANT_SLUG_TAKEN'))
  const half = await testbed.ask(sql`select id from identity.users where email = 'x@example.com'`)
  assert.deepEqual(half, [])
})

test('a tenant sees itself and those right below it, and nothing of another', async () => {
  const list = async (by: Call) =>
    (await testbed.client.tenants.list({}, { context: by })).tenants.map(({ slug }) => slug)
  assert.deepEqual(await list(owner), ['flatrender', 'shop', 'direct'])
  assert.deepEqual(await list(reseller.call), ['shop', 'client'])
  assert.deepEqual(await list(customer.call), ['client'])
})

test('the same address is another user in another tenant', async () => {
  const email = 'both@example.com'
  const one = await enter(testbed, email)
  const context = visit({ tenantId: direct.tenant.id })
  const login = () => testbed.client.auth.login({ email, password: PASSWORD }, { context })
  await assert.rejects(login(), isCode('LOGIN_REFUSED'))
  await testbed.client.auth.register({ email, password: PASSWORD }, { context })
  const token = await testbed.readMail(email)
  const user = await testbed.client.auth.verifyEmail({ token }, { context })
  assert.notEqual(user.id, one.call.actor.id)
  await login()
  const elsewhere = { ...one.call, actor: { ...one.call.actor, tenantId: direct.tenant.id } }
  await assert.rejects(testbed.client.users.me({}, { context: elsewhere }), isCode('ACCESS_TOKEN_INVALID'))
})

test('only a tenant right below may be suspended, and then all below it stand still', async () => {
  for (const id of [customer.tenant.id, DEFAULT_TENANT_ID])
    await assert.rejects(suspend(owner, id), isCode('TENANT_UNKNOWN'))
  for (const id of [direct.tenant.id, reseller.tenant.id])
    await assert.rejects(suspend(reseller.call, id), isCode('TENANT_UNKNOWN'))
  const suspended = await suspend(owner, reseller.tenant.id)
  assert.equal(suspended.state, 'suspended')
  assert.deepEqual(await suspend(owner, reseller.tenant.id), suspended)
  assert.deepEqual(await revoked(), [customer.tenant.id, reseller.tenant.id].sort())
  const login = testbed.client.auth.login(
    { email: customer.email, password: PASSWORD },
    { context: visit({ tenantId: customer.tenant.id }) },
  )
  await assert.rejects(login, isCode('TENANT_SUSPENDED'))
  assert.equal((await resume(owner, reseller.tenant.id)).state, 'active')
  assert.deepEqual(await revoked(), [])
  assert.deepEqual(await testbed.eventsOf(reseller.tenant.id), [
    'identity.tenant.created',
    'identity.tenant.suspended',
    'identity.tenant.resumed',
  ])
})

test('it is written down in the books of both: of who did it, and of whom it was done to', async () => {
  const rows =
    await testbed.ask(sql`select tenant_id, acting_tenant_id, actor_id, action from identity.audit_logs
    where subject = ${reseller.tenant.id} order by happened_at, acting_tenant_id nulls first`)
  const actor_id = owner.actor.id
  const both = (action: string) => [
    { tenant_id: DEFAULT_TENANT_ID, acting_tenant_id: null, actor_id, action },
    { tenant_id: reseller.tenant.id, acting_tenant_id: DEFAULT_TENANT_ID, actor_id, action },
  ]
  assert.deepEqual(rows, ['tenant.created', 'tenant.suspended', 'tenant.resumed'].flatMap(both))
})

test('no tenant’s own login to the database may write the tree', async () => {
  await assert.rejects(
    testbed.deps.database.transact(reseller.call.actor, (transaction) =>
      sql`update identity.tenants set state = 'active'`.execute(transaction),
    ),
    /permission denied/,
  )
})

test('lists come a page at a time, each row once', async () => {
  const context = { context: owner }
  const seen: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const answer = await testbed.client.tenants.list({ limit: 1, ...(cursor && { cursor }) }, context)
    assert.equal(answer.tenants.length, 1)
    seen.push(answer.tenants[0]!.id)
    cursor = answer.next
  }
  const { tenants } = await testbed.client.tenants.list({}, context)
  assert.deepEqual(
    seen,
    tenants.map(({ id }) => id),
  )
  assert.equal(seen[0], owner.actor.tenantId)
  assert.ok(seen.length > 2)
  for (const name of ['one', 'two', 'three'])
    await testbed.client.keys.create({ name, scopes: ['tenants:read'] }, context)
  const first = await testbed.client.keys.list({ limit: 2 }, context)
  const second = await testbed.client.keys.list({ limit: 2, cursor: first.next! }, context)
  assert.deepEqual(
    [...first.keys, ...second.keys].map(({ name }) => name),
    ['three', 'two', 'one'],
  )
  assert.equal(second.next, null)
})
