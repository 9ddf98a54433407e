import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import type { Event } from '@flatrender/platform/events'
import { describeAct } from '@flatrender/platform/service'
import { enterAsOwner, openTenant, openTestbed, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
let owner: Call
let shop: Awaited<ReturnType<typeof openTenant>>
before(async () => {
  testbed = await openTestbed()
  owner = await enterAsOwner(testbed)
  shop = await openTenant(testbed, owner, 'customer', 'shop')
})
after(() => testbed?.close())

/** What another service tells of an act by this call. */
const tell = (call: Call, subject: string): Event => ({
  id: randomUUID(),
  type: 'render.act.recorded',
  source: 'render',
  subject,
  tenantId: call.actor.tenantId,
  data: {
    ...describeAct(
      call,
      { action: 'node.drained', subject, before: { state: 'online' } },
      testbed.deps.secretKeys,
    ),
  },
  happenedAt: new Date('2026-03-01T10:00:00Z'),
  trace: null,
})
const hear = (event: Event) =>
  testbed.consumers['identity.record-acts'].handle(event, new AbortController().signal)
const list = async (call: Call) =>
  (await testbed.client.audit.list({ action: 'node.drained' }, { context: call })).entries

test('an act of another service stands in the log once, with who did it, whence and when', async () => {
  const subject = randomUUID()
  const event = tell({ ...owner, address: '2001:db8::7' }, subject)
  assert.ok(!JSON.stringify(event).includes('2001:db8'), 'events are kept, and read by many')
  await Promise.all([hear(event), hear(event)])
  await hear(event)
  const [entry, ...more] = await list(owner)
  assert.deepEqual(more, [])
  assert.deepEqual(
    [entry?.subject, entry?.actorKind, entry?.actorId, entry?.address, entry?.userAgent, entry?.happenedAt],
    [subject, 'user', owner.actor.id, '2001:db8::7', 'test', '2026-03-01T10:00:00.000Z'],
  )
  assert.deepEqual(entry?.before, { state: 'online' })
  assert.deepEqual(await list(shop.call), [], 'it is their tenant’s alone')
})

test('of an act in a tenant below it is said whose actor it was', async () => {
  const call = { ...shop.call, actor: { ...shop.call.actor, actingTenantId: owner.actor.tenantId } }
  await hear(tell(call, randomUUID()))
  const [entry] = await list(shop.call)
  assert.equal(entry?.actingTenantId, owner.actor.tenantId)
})
