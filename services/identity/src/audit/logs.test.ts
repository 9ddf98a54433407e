import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
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
let shop: Awaited<ReturnType<typeof openTenant>>
const KEY = '01a205c8-f014-7286-b7fa-9c3b0325c6ff'
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
  shop = await openTenant(testbed, owner, 'reseller', 'shop')
  const tenantId = shop.tenant.id
  await testbed.ask(sql`
    insert into identity.audit_logs (tenant_id, happened_at, actor_kind, actor_id, action, subject, address)
    select ${tenantId}::uuid, timestamptz '2026-01-01 00:00:00Z' + make_interval(hours => hour / 3), 'user',
      case when hour % 2 = 0 then ${KEY}::uuid else ${shop.call.actor.id}::uuid end, 'test.done', hour::text,
      '2001:db8::1'
    from generate_series(0, 29) as hour`)
  await testbed.client.access.recordRequests(
    {
      requests: Array.from({ length: 30 }, (_, index) => ({
        tenantId,
        requestedAt: new Date(Date.UTC(2026, 10, 1, Math.floor(index / 3), 0, 0, 123)).toISOString(),
        requestId: String(index),
        keyId: index % 2 === 0 ? KEY : null,
        userId: null,
        method: 'GET',
        route: 'identity.users.list',
        status: index % 5 === 0 ? 403 : 200,
        milliseconds: 3,
        requestBytes: 0,
        responseBytes: 9,
        address: '192.0.2.7',
        errorCode: null,
      })),
    },
    { context: callAsSystem() },
  )
})
after(() => testbed?.close())

const asked = { action: 'test.done' }
const acts = (input = {}, by = shop.call) =>
  testbed.client.audit.list({ ...asked, ...input }, { context: by })
const requests = (input = {}, by = shop.call) => testbed.client.audit.listRequests(input, { context: by })

test('both logs are read whole by pages of any size, the newest first, nothing twice', async () => {
  for (const limit of [1, 4, 7, 29, 30, 31]) {
    const subjects: (string | null)[] = []
    const ids: string[] = []
    let more: { cursor?: string } | undefined = {}
    for (let page = 0; more !== undefined; page++) {
      assert.ok(page <= 30)
      const { entries, next }: Awaited<ReturnType<typeof acts>> = await acts({ limit, ...more })
      subjects.push(...entries.map(({ subject }) => subject))
      more = next === null ? undefined : { cursor: next }
    }
    for (more = {}; more !== undefined; ) {
      const { requests: page, next }: Awaited<ReturnType<typeof requests>> = await requests({
        limit,
        ...more,
      })
      ids.push(...page.map(({ requestId }) => requestId))
      more = next === null ? undefined : { cursor: next }
    }
    for (const all of [subjects, ids]) {
      assert.equal(new Set(all).size, 30)
      const hours = all.map((number) => Math.floor(Number(number) / 3))
      assert.deepEqual(
        hours,
        hours.toSorted((a, b) => b - a),
      )
    }
  }
})

test('acts are picked by actor, subject, action and time', async () => {
  const count = async (input: object) => (await acts({ limit: 100, ...input })).entries.length
  assert.equal(await count({ actorId: KEY }), 15)
  assert.equal(await count({ subject: '7' }), 1)
  assert.equal(await count({ action: 'test.undone' }), 0)
  assert.equal(await count({ from: '2026-01-01T01:00:00Z', to: '2026-01-01T02:00:00Z' }), 3)
  const [entry] = (await acts({ subject: '7' })).entries
  assert.equal(entry?.address, '2001:db8::1')
  assert.equal(entry?.actorId, shop.call.actor.id)
  assert.equal(entry?.happenedAt, '2026-01-01T02:00:00.000Z')
})

test('requests are picked by key, status and time', async () => {
  const count = async (input: object) => (await requests({ limit: 100, ...input })).requests.length
  assert.equal(await count({ keyId: KEY }), 15)
  assert.equal(await count({ status: 403 }), 6)
  assert.equal(await count({ status: 403, keyId: KEY }), 3)
  assert.equal(await count({ from: '2026-11-01T01:00:00Z', to: '2026-11-01T02:00:00Z' }), 3)
  const [request] = (await requests({ status: 403, limit: 1 })).requests
  assert.deepEqual([request?.requestId, request?.address], ['25', '192.0.2.7'])
})

test('what is no cursor is refused at the door, and moments far away find what they should', async () => {
  await assert.rejects(requests({ cursor: `1_${'-'.repeat(36)}` }), /validation/i)
  assert.equal((await requests({ from: '0000-01-01T00:00:00Z', limit: 30 })).requests.length, 30)
  assert.deepEqual((await acts({ to: '0000-01-01T00:00:00Z' })).entries, [])
  assert.deepEqual((await requests({ from: '9999-12-31T23:59:59Z' })).requests, [])
  const cursor = `${'9'.repeat(15)}_${KEY}`
  assert.equal((await requests({ cursor, limit: 30 })).requests.length, 30)
})

test('a tenant reads its own logs alone, and a cursor of another’s leads nowhere', async () => {
  assert.deepEqual((await acts({}, owner)).entries, [])
  assert.deepEqual((await requests({}, owner)).requests, [])
  const { next } = await acts({ limit: 1 })
  assert.deepEqual((await acts({ cursor: next! }, owner)).entries, [])
  const { call: member } = await enter(testbed, 'member@example.com')
  await assert.rejects(acts({}, member), isCode('ACCESS_FORBIDDEN'))
  await assert.rejects(requests({}, member), isCode('ACCESS_FORBIDDEN'))
})
