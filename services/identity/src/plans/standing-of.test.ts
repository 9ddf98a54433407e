import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import {
  callAsSystem,
  enter,
  enterAsOwner,
  isCode,
  openTenant,
  openTestbed,
  type Testbed,
} from '../testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
let sara: Call
let shop: Awaited<ReturnType<typeof openTenant>>
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
  sara = (await enter(testbed, 'sara@example.com')).call
  shop = await openTenant(testbed, owner, 'reseller', 'shop')
})
after(() => testbed?.close())

const ask = (who: { userId?: string; keyId?: string }, { actor }: Pick<Call, 'actor'> = sara) =>
  testbed.client.plans.standingOf(
    { userId: null, keyId: null, ...who },
    { context: { ...callAsSystem(actor.tenantId), actor: { ...actor, kind: 'system', id: null } } },
  )

test('where users pay, a user works for themselves and has the default plan', async () => {
  const { plan, ...who } = await ask({ userId: sara.actor.id! })
  assert.deepEqual(who, { ownerId: sara.actor.id, accountId: sara.actor.id })
  assert.equal(plan?.slug, 'free')
  assert.equal(plan?.storageBytes, 1_000_000_000)
})

test('a key works for who made it', async () => {
  const key = await testbed.client.keys.create({ name: 'a', scopes: ['self:read'] }, { context: owner })
  assert.equal((await ask({ keyId: key.id })).ownerId, owner.actor.id)
})

test('a subscription’s plan counts, also once it is no longer sold', async () => {
  await testbed.ask(sql`insert into identity.subscriptions (tenant_id, account_id, plan_id, state, currency, interval,
      amount_minor, period_starts_at, period_ends_at)
    select ${DEFAULT_TENANT_ID}, ${sara.actor.id}, id, 'active', 'USD', 'month', 1200, now(), now() + interval '1 month'
    from identity.plans where slug = 'creator'`)
  await testbed.ask(sql`update identity.plans set state = 'retired' where slug = 'creator'`)
  assert.equal((await ask({ userId: sara.actor.id! })).plan?.slug, 'creator')
})

test('where the tenant pays, all work on its account, under the nearest plan that is the default', async () => {
  const ofShop = { actor: shop.call.actor }
  const { accountId, plan } = await ask({ userId: shop.call.actor.id! }, ofShop)
  assert.deepEqual([accountId, plan?.slug], [shop.tenant.id, 'free'])
  await testbed.ask(sql`insert into identity.plans
    (tenant_id, slug, name, state, is_default, max_short_side_pixels, storage_bytes)
    values (${shop.tenant.id}, 'own', '{"en": "Own"}', 'active', true, 1080, 5)`)
  const own = await ask({}, ofShop)
  assert.deepEqual([own.ownerId, own.plan?.slug, own.plan?.storageBytes], [null, 'own', 5])
})

test('where users pay, nobody’s work is nobody’s to pay', async () => {
  await assert.rejects(ask({}), isCode('CREDIT_ACCOUNT_UNKNOWN'))
})

test('nobody but services may ask', async () => {
  await assert.rejects(
    testbed.client.plans.standingOf({ userId: sara.actor.id, keyId: null }, { context: sara }),
    isCode('ACCESS_FORBIDDEN'),
  )
})
