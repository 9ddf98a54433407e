import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { AnsweredRequest } from '@flatrender/contracts/identity'
import {
  callAsSystem,
  enterAsOwner,
  isCode,
  openTenant,
  openTestbed,
  type Testbed,
} from '../testbed/open-testbed.ts'

type Opened = Awaited<ReturnType<typeof openTenant>>
let testbed: Testbed
let owner: Call
let shop: Opened
let client: Opened
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
  shop = await openTenant(testbed, owner, 'reseller', 'shop')
  client = await openTenant(testbed, shop.call, 'customer', 'client')
})
after(() => testbed?.close())

const request: AnsweredRequest = {
  tenantId: DEFAULT_TENANT_ID,
  requestedAt: '2026-11-22T23:59:59.999Z',
  requestId: 'a',
  keyId: null,
  userId: null,
  method: 'GET',
  route: 'identity.users.me',
  status: 200,
  milliseconds: 12,
  requestBytes: 0,
  responseBytes: 321,
  address: null,
  errorCode: null,
}
const record = (...requests: Partial<AnsweredRequest>[]) =>
  testbed.client.access.recordRequests(
    { requests: requests.map((more) => ({ ...request, ...more })) },
    { context: callAsSystem() },
  )
const span = { from: '2026-11-01', to: '2026-11-30' }
const counts = async (by: Call, more = {}) =>
  (await testbed.client.usage.show({ ...span, ...more }, { context: by })).days.map(
    ({ day, apiRequests }) => `${day} ${apiRequests}`,
  )

test('requests are counted on their days in UTC, as often as they are recorded', async () => {
  const tenantId = client.tenant.id
  await record({ tenantId }, { tenantId }, { tenantId, requestedAt: '2026-11-23T00:00:00.000Z' })
  await record({ tenantId })
  assert.deepEqual(await counts(client.call), ['2026-11-22 3', '2026-11-23 1'])
  assert.deepEqual(await counts(client.call, { to: '2026-11-22' }), ['2026-11-22 3'])
  assert.deepEqual(await counts(shop.call), [])
})

test('where users pay, requests are theirs and their keys’; strangers’ and visitors’ are the tenant’s', async () => {
  const { id: keyId } = await testbed.client.keys.create(
    { name: 'k', scopes: ['self:read'] },
    { context: owner },
  )
  const userId = owner.actor.id!
  await record({ userId }, { keyId }, { userId: shop.call.actor.id }, {})
  assert.deepEqual(await counts(owner), ['2026-11-22 4'])
  assert.deepEqual(await counts(owner, { accountId: userId }), ['2026-11-22 2'])
  assert.deepEqual(await counts(owner, { accountId: DEFAULT_TENANT_ID }), ['2026-11-22 2'])
  await record({ tenantId: shop.tenant.id, userId: shop.call.actor.id })
  assert.deepEqual(await counts(shop.call, { accountId: shop.tenant.id }), ['2026-11-22 1'])
})

test('many batches at once lose nothing, and one of a tenant that is gone spoils none', async () => {
  const before = await counts(client.call)
  const both = [{ tenantId: client.tenant.id }, { tenantId: shop.tenant.id }]
  const gone = { tenantId: crypto.randomUUID() }
  await Promise.all(
    Array.from({ length: 12 }, (_, index) => record(...(index % 2 === 0 ? both : both.toReversed()), gone)),
  )
  assert.deepEqual(before, ['2026-11-22 3', '2026-11-23 1'])
  assert.deepEqual(await counts(client.call), ['2026-11-22 15', '2026-11-23 1'])
})

test('credits are counted when they are spent, once', async () => {
  const context = callAsSystem(client.tenant.id)
  const accountId = client.tenant.id
  const grant = { accountId, amount: 100, reference: 'gift' }
  await testbed.client.credits.grant(grant, { context: shop.call })
  await testbed.client.credits.reserve(
    { accountId, reference: 'r', amount: 40, expiresInSeconds: 60 },
    { context },
  )
  const settle = () => testbed.client.credits.settle({ accountId, reference: 'r', amount: 30 }, { context })
  await settle()
  await settle()
  const today = new Date().toISOString().slice(0, 10)
  const { days } = await testbed.client.usage.show({ from: today, to: today }, { context: client.call })
  assert.equal(days[0]?.creditsSpent, 30)
})

test('a reseller sees the use of those right below, and of nobody else', async () => {
  const of = (by: Call, id: string) => testbed.client.usage.showOf({ id, ...span }, { context: by })
  assert.deepEqual((await of(shop.call, client.tenant.id)).days[0]?.apiRequests, 15)
  for (const [by, id] of [
    [owner, client.tenant.id],
    [shop.call, DEFAULT_TENANT_ID],
    [shop.call, shop.tenant.id],
    [client.call, shop.tenant.id],
  ] as const)
    await assert.rejects(of(by, id), isCode('TENANT_UNKNOWN'))
})

test('a span has a first and a last day, and a year at most', async () => {
  for (const wrong of [
    { from: '2026-11-02', to: '2026-11-01' },
    { from: '2025-01-01', to: '2026-11-01' },
    { from: '2026-02-30', to: '2026-03-01' },
    { from: '0000-01-01', to: '0000-01-02' },
  ])
    await assert.rejects(counts(owner, wrong), /validation/i)
  assert.ok(await counts(owner, { from: '2026-01-01', to: '2026-12-31' }))
})
