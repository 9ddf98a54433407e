import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { enterAsOwner, openTenant, openTestbed, type Testbed, visit } from '../testbed/open-testbed.ts'

type Opened = Awaited<ReturnType<typeof openTenant>>
let testbed: Testbed
let shop: Opened
let client: Opened
before(async () => {
  testbed = await openTestbed()
  const owner = await enterAsOwner(testbed)
  shop = await openTenant(testbed, owner, 'reseller', 'shop')
  client = await openTenant(testbed, shop.call, 'customer', 'client')
})
after(() => testbed?.close())

const list = async (call = visit()) => (await testbed.client.plans.list({}, { context: call })).plans
const slugs = async (call?: Parameters<typeof list>[0]) => (await list(call)).map(({ slug }) => slug)

test('a fresh installation sells three plans, in two languages and two currencies', async () => {
  const plans = await list()
  assert.deepEqual(
    plans.map(({ slug }) => slug),
    ['free', 'creator', 'studio'],
  )
  for (const { name, description, prices, slug } of plans) {
    for (const text of [name, description]) assert.deepEqual(Object.keys(text).sort(), ['en', 'fa'], slug)
    assert.deepEqual([...new Set(prices.map(({ currency }) => currency))], ['USD', 'IRR'])
  }
  assert.deepEqual(
    plans.map(({ isDefault }) => isDefault),
    [true, false, false],
  )
  assert.deepEqual(plans[1]?.prices, [
    { currency: 'USD', interval: 'month', amountMinor: 1200 },
    { currency: 'USD', interval: 'year', amountMinor: 12_000 },
    { currency: 'IRR', interval: 'month', amountMinor: 4_900_000 },
    { currency: 'IRR', interval: 'year', amountMinor: 49_000_000 },
  ])
})

test('who sells nothing shows what is shared above; who sells, their own alone', async () => {
  assert.deepEqual(await slugs(client.call), ['free', 'creator', 'studio'])
  const add = (tenantId: string, slug: string, shared: boolean, state = 'active') =>
    testbed.ask(sql`insert into identity.plans
      (tenant_id, slug, name, shared, state, max_short_side_pixels, storage_bytes)
      values (${tenantId}, ${slug}, '{"en": "Own"}', ${shared}, ${state}, 1080, 1)`)
  await add(shop.tenant.id, 'hidden', false)
  await add(shop.tenant.id, 'draft', true, 'draft')
  assert.deepEqual(await slugs(shop.call), ['hidden'])
  assert.deepEqual(await slugs(client.call), ['free', 'creator', 'studio'])
  await add(shop.tenant.id, 'shared', true)
  assert.deepEqual(await slugs(client.call), ['shared'])
  await add(DEFAULT_TENANT_ID, 'private', false)
  assert.deepEqual(await slugs(client.call), ['shared'])
})

test('the five roles have names in both languages', async () => {
  const rows = await testbed.ask(sql<{ name: Record<string, string> }>`select name from identity.roles
    where tenant_id = ${shop.tenant.id}`)
  assert.equal(rows.length, 5)
  for (const { name } of rows) assert.ok(name.en && name.fa && name.en !== name.fa)
})
