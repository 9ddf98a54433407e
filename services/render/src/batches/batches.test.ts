import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, mock, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { RenderState } from '@flatrender/contracts/render'
import { emit } from '@flatrender/platform/events'
import { sql } from 'kysely'
import type { RenderDeps } from '../deps.ts'
import { clearRender } from '../renders/clear-render.ts'
import { failRender } from '../renders/end-render.ts'
import { forgetUser } from '../rows/forget-user.ts'
import { emitSlowly } from '../testbed/emit-slowly.ts'
import { openAccount } from '../testbed/fake-credits.ts'
import { callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { readTemplate } from '../testbed/store-template.ts'
import { advanceBatch } from './advance-batch.ts'
import { watchBatch } from './watch-batch.ts'

const [SARA, OMID] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b']
const sara = callOf({ userId: SARA })
const PLAN = {
  slug: 'test',
  maxBatchRows: 100,
  maxShortSidePixels: 720,
  concurrentRenders: 1,
  priority: 0,
  monthlyMinutes: null as number | null,
}

let testbed: Testbed
let account: ReturnType<typeof openAccount>
let emitBy: RenderDeps['emit'] = emit
/** Has what is emitted next fail, as a lost connection would. */
let trouble: (type: string) => boolean = () => false

before(async () => {
  const template = await readTemplate('logo-reveal')
  const identity = {
    plans: {
      standingOf: async ({ userId }: { userId: string }) => ({
        ownerId: userId,
        accountId: userId,
        plan: PLAN,
      }),
    },
    get credits() {
      return account.credits
    },
  } as unknown as RenderDeps['identity']
  testbed = await openTestbed({
    content: template.content,
    identity,
    files: { files: { unreference: async () => ({}) } } as unknown as RenderDeps['files'],
    emit: async (transaction, event) => {
      if (trouble(event.type)) throw new Error('the connection is lost')
      return emitBy(transaction, event)
    },
  })
  await template.store(testbed.deps.storage)
})
after(() => testbed?.close())
beforeEach(async () => {
  account = openAccount(1000)
  emitBy = emit
  await testbed.ask(sql`delete from render.render_jobs`)
  await testbed.ask(sql`delete from render.batches`)
})

const output = { container: 'mp4', resolution: '240p', quality: 'draft' } as const
const right = (name: string) => ({ modifications: { name } })
const wrong = { modifications: { plate: 'no colour', logo: 5 } }
const names = (count: number) => Array.from({ length: count }, (_, index) => right(`Number ${index}`))
const submit = (rows: object[], more: object = {}, context = sara) =>
  testbed.client.batches.submit(
    { template: 'logo-reveal', output, rows, ...more } as Parameters<
      Testbed['client']['batches']['submit']
    >[0],
    { context },
  )
const show = (id: string, context = sara) => testbed.client.batches.show({ id }, { context })
const listRows = async (id: string, more: object = {}) =>
  (await testbed.client.batches.listRows({ id, ...more }, { context: sara })).rows
const advance = (batchId: string) => advanceBatch(testbed.render, { tenantId: DEFAULT_TENANT_ID, batchId })

/** Has the job done until the batch is in one of these states. */
async function advanceTo(id: string, ...states: string[]) {
  for (let step = 0; step < 30; step++) {
    const batch = await show(id)
    if (states.includes(batch.state)) return batch
    await advance(id)
  }
  throw new Error(`it stays ${(await show(id)).state}`)
}

/** Ends a render, with all that follows. */
async function endRender(renderId: string) {
  const name = { tenantId: DEFAULT_TENANT_ID, renderId }
  await testbed.deps.system.transact((transaction) =>
    failRender(testbed.render, transaction, name, { code: 'RANGE_INVALID', data: {} }),
  )
  await clearRender(testbed.render, name)
}
const countRenders = async () => {
  const rows = await testbed.ask(
    sql<{ batch_row: number }>`select batch_row from render.render_jobs order by 1`,
  )
  return rows.map(({ batch_row: row }) => row)
}
const countEvents = async (id: string, type: string) =>
  (await testbed.ask(sql`select id from platform.events where subject = ${id} and type = ${type}`)).length

test('a row that is wrong stops no other, and says all that is wrong with it', async () => {
  const rows = [right('One'), wrong, { ...right('Three'), metadata: { row: 3 }, name: 'third' }]
  const { id } = await submit(rows, { metadata: { order: 5 }, modifications: { tagline: 'Shared' } })
  const batch = await advanceTo(id, 'running')
  assert.deepEqual([batch.rows.total, batch.rows.accepted, batch.rows.refused], [3, 2, 1])
  const [refused] = await listRows(id, { state: 'refused' })
  assert.equal(refused?.row, 2)
  assert.deepEqual(refused?.errors.map(({ code }) => code).toSorted(), [
    'SLOT_VALUE_INVALID',
    'SLOT_VALUE_INVALID',
  ])
  for (const { message, remedy } of refused!.errors) assert.ok(message.length > 10 && remedy.length > 10)
  const { renderId } = (await listRows(id)).at(-1)!
  const render = await testbed.client.renders.show({ id: renderId! }, { context: sara })
  assert.deepEqual(render.modifications.scenes, [
    { scene: 'lockup', modifications: { tagline: 'Shared', name: 'Three' } },
  ])
  assert.deepEqual(
    [render.metadata, render.batch, render.lane],
    [{ order: 5, row: 3 }, { id, row: 3 }, 'batch'],
  )
  assert.deepEqual(
    await testbed.client.renders
      .list({ metadata: 'order:5' }, { context: sara })
      .then((page) => page.renders.length),
    2,
  )
})

test('all or nothing takes nothing on if a row is wrong, and names the first', async () => {
  const { id } = await submit([right('One'), wrong, right('Three')], { allOrNothing: true })
  assert.equal((await show(id)).state, 'examining')
  const batch = await advanceTo(id, 'failed')
  assert.deepEqual(
    [batch.failure?.code, batch.failure?.data.row, batch.failure?.data.count],
    ['BATCH_REFUSED', 2, 1],
  )
  assert.deepEqual([batch.rows.refused, batch.rows.cancelled, batch.rows.accepted], [1, 2, 0])
  assert.deepEqual([await countRenders(), account.available()], [[], 1000])
})

test('all or nothing says how many rows were looked at, and what was found', async () => {
  const { id } = await submit([...names(60), wrong], { allOrNothing: true })
  const look = async () => {
    const { state, rows } = await show(id)
    return [state, rows.total, rows.waiting, rows.examined, rows.refused]
  }
  assert.deepEqual(await look(), ['examining', 61, 61, 0, 0])
  await advance(id)
  assert.deepEqual(await look(), ['examining', 61, 11, 50, 0])
  await advance(id)
  assert.deepEqual(await look(), ['examining', 61, 0, 60, 1])
  assert.equal((await listRows(id, { state: 'examined' })).length, 60)
  await advance(id)
  assert.deepEqual(await look(), ['failed', 61, 0, 0, 1])
})

test('all or nothing takes nothing on without the credits for all; with them, all', async () => {
  const price = await submit(names(1), { allOrNothing: true })
  await advanceTo(price.id, 'running')
  const each = 1000 - account.available()
  account = openAccount(each * 4 - 1)
  const short = await submit(names(4), { allOrNothing: true })
  assert.equal((await advanceTo(short.id, 'failed')).failure?.code, 'CREDITS_SHORT')
  assert.equal(account.available(), each * 4 - 1)
  account = openAccount(each * 4)
  const { id } = await submit(names(4), { allOrNothing: true })
  const batch = await advanceTo(id, 'running')
  assert.deepEqual([batch.rows.accepted, batch.credits.reserved, account.available()], [4, each * 4, 0])
  // Each render has what is its own, and the batch keeps nothing.
  assert.ok(!account.held.has(id))
})

test('nor without the minutes of the plan for all', async () => {
  PLAN.monthlyMinutes = 0.2
  try {
    const { id } = await submit(names(4), { allOrNothing: true })
    assert.equal((await advanceTo(id, 'failed')).failure?.code, 'PLAN_MINUTES_SPENT')
    assert.deepEqual([await countRenders(), account.available()], [[], 1000])
  } finally {
    PLAN.monthlyMinutes = null
  }
})

test('with the minutes for all, they are nobody else’s until all are renders', async () => {
  PLAN.monthlyMinutes = 0.5
  try {
    const sent = [
      await submit(names(4), { allOrNothing: true }),
      await submit(names(4), { allOrNothing: true }),
    ]
    const [first, second] = sent.map(({ id }) => id) as [string, string]
    await advanceTo(first, 'placing')
    // Half a minute has room for seven such videos.
    assert.equal((await advanceTo(second, 'failed')).failure?.code, 'PLAN_MINUTES_SPENT')
    const others = await advanceTo((await submit(names(4))).id, 'running')
    assert.deepEqual([others.rows.accepted, others.rows.refused], [3, 1])
    assert.equal((await advanceTo(first, 'running')).rows.accepted, 4)
  } finally {
    PLAN.monthlyMinutes = null
  }
})

test('without credits a row is refused, and those before it are rendered', async () => {
  const { id: first } = await submit(names(1))
  await advanceTo(first, 'running')
  account = openAccount((1000 - account.available()) * 2)
  const { id } = await submit(names(3))
  await advanceTo(id, 'running')
  const rows = await listRows(id)
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['queued', 'queued', 'refused'],
  )
  assert.equal(rows[2]?.errors[0]?.code, 'CREDITS_SHORT')
})

test('of many sent at once no more are taken on than an account may have', async () => {
  await submit(names(1))
  await testbed.ask(sql`insert into render.batches
      (tenant_id, account_id, template_id, template_version_id, request, rows_total, state)
    select tenant_id, account_id, template_id, template_version_id, request, rows_total, state
    from render.batches, generate_series(2, 49)`)
  emitBy = emitSlowly
  const sent = await Promise.allSettled(Array.from({ length: 4 }, () => submit(names(1))))
  assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 1)
  await assert.rejects(submit(names(1)), isCode('BATCHES_TOO_MANY'))
})

test('however often the job is done, beside itself or cut off, each row is one render', async () => {
  const { id } = await submit(names(8), { allOrNothing: true })
  await advanceTo(id, 'placing')
  let count = 0
  trouble = (type) => type === 'render.job.submitted' && ++count % 3 === 0
  try {
    for (let step = 0; step < 4; step++) await Promise.all([advance(id), advance(id)])
  } finally {
    trouble = () => false
  }
  await advanceTo(id, 'running')
  assert.deepEqual(await countRenders(), [1, 2, 3, 4, 5, 6, 7, 8])
  const renders = await testbed.ask(sql<{ id: string }>`select id from render.render_jobs`)
  assert.deepEqual(new Set(account.held.keys()), new Set(renders.map((render) => render.id)))
})

test('a batch leaves half of its account’s room to others, and goes on as its renders end', async () => {
  const { id } = await submit(names(60))
  for (let step = 0; step < 4; step++) await advance(id)
  assert.equal((await show(id)).rows.accepted, 50)
  const ended = (await listRows(id, { state: 'queued' })).slice(0, 15)
  for (const { renderId } of ended) await endRender(renderId!)
  const batch = await advanceTo(id, 'running')
  assert.deepEqual([batch.rows.accepted, batch.rows.failed, batch.rows.open], [60, 15, 45])
  assert.ok(batch.secondsLeft !== null)
})

test('so do several that are placed at once, together', async () => {
  const [first, second] = [await submit(names(60)), await submit(names(60))]
  await advance(first.id)
  await Promise.all([advance(first.id), advance(second.id)])
  assert.equal((await countRenders()).length, 50)
})

test('however many watch a batch, its rows are counted once for all of them', async () => {
  const { id } = await submit(names(2))
  const { system } = testbed.render
  const transact = mock.fn(system.transact)
  const render = { ...testbed.render, system: { ...system, transact: transact as typeof system.transact } }
  const watchers = await Promise.all(
    Array.from({ length: 5 }, () => watchBatch(render, sara, { id }, undefined)),
  )
  const hear = () => Promise.all(watchers.map(async (watcher) => (await watcher.next()).value?.state))
  assert.deepEqual(await hear(), Array(5).fill('placing'))
  await advanceTo(id, 'running')
  assert.deepEqual(await hear(), Array(5).fill('running'))
  assert.equal(transact.mock.callCount(), 1)
})

test('it ends once, with its last render, and keeps its count', async () => {
  const { id } = await submit([...names(2), wrong])
  await advanceTo(id, 'running')
  assert.ok((await show(id)).credits.reserved > 0)
  for (const { renderId } of await listRows(id)) if (renderId !== null) await endRender(renderId)
  const batch = await show(id)
  assert.deepEqual([batch.state, batch.rows.failed, batch.rows.refused], ['failed', 2, 1])
  assert.equal(batch.credits.reserved, 0)
  assert.ok(batch.finishedAt !== null)
  await advance(id)
  assert.equal(await countEvents(id, 'render.batch.finished'), 1)
})

test('cancelled, nothing of it is left: neither rows, renders nor credits', async () => {
  for (const allOrNothing of [true, false]) {
    const { id } = await submit(names(60), { allOrNothing })
    await advanceTo(id, 'placing')
    await advance(id)
    const cancelled = await testbed.client.batches.cancel({ id }, { context: sara })
    assert.equal(cancelled.state, 'cancelling')
    assert.ok(cancelled.rows.cancelled > 0 && cancelled.rows.waiting === 0)
    const batch = await advanceTo(id, 'cancelled')
    assert.deepEqual([batch.rows.cancelled, batch.rows.open], [60, 0])
    for (const { renderId } of await listRows(id))
      if (renderId !== null) await clearRender(testbed.render, { tenantId: DEFAULT_TENANT_ID, renderId })
    await advance(id)
    assert.equal(account.available(), 1000)
    assert.equal((await testbed.client.batches.cancel({ id }, { context: sara })).state, 'cancelled')
  }
})

test('a user who is deleted has no batch under way, and what they said in it is gone', async () => {
  const { id } = await submit([{ ...right('One'), name: 'mine' }, wrong, ...names(60)], {
    name: 'My own words',
    metadata: { order: 'mine' },
  })
  await advance(id)
  await advance(id)
  await forgetUser(testbed.render, {
    id: randomUUID(),
    type: 'identity.user.deleted',
    source: 'identity',
    subject: SARA,
    tenantId: DEFAULT_TENANT_ID,
    data: { userId: SARA },
    happenedAt: new Date(),
    trace: null,
  })
  const batch = await advanceTo(id, 'cancelled')
  assert.deepEqual([batch.rows.refused, batch.rows.cancelled, batch.rows.open], [1, 61, 0])
  const kept = await testbed.ask(sql`select name, metadata, request, webhook_url from render.batches
    union all select name, metadata, modifications, failures::text from render.batch_rows where row = 1`)
  assert.doesNotMatch(JSON.stringify(kept), /mine|My own words|One/)
})

test('what has ended otherwise cannot be cancelled', async () => {
  const { id } = await submit([wrong])
  await advanceTo(id, 'failed')
  await assert.rejects(testbed.client.batches.cancel({ id }, { context: sara }), isCode('BATCH_STATE_WRONG'))
})

test('sent twice with one key, it is one batch', async () => {
  const context = { ...sara, idempotencyKey: 'once' }
  const [first, second] = [await submit(names(2), {}, context), await submit(names(2), {}, context)]
  assert.equal(first.id, second.id)
  await assert.rejects(submit(names(3), {}, context), isCode('REQUEST_KEY_REUSED'))
})

test('what all rows share is looked at at once', async () => {
  await assert.rejects(submit(names(101)), isCode('RENDER_OVER_PLAN'))
  await assert.rejects(
    submit(names(1), { output: { container: 'mp4', resolution: '1080p' } }),
    isCode('RENDER_OVER_PLAN'),
  )
  assert.deepEqual(await testbed.ask(sql`select id from render.batches`), [])
})

test('members see their own batches, those who run the tenant all', async () => {
  const { id } = await submit(names(1), { metadata: { order: 7 } })
  await advanceTo(id, 'running')
  const omid = callOf({ userId: OMID })
  const { batches } = testbed.client
  for (const ask of [batches.show, batches.listRows, batches.cancel, batches.archive, batches.events])
    await assert.rejects(ask({ id }, { context: omid }), isCode('BATCH_UNKNOWN'))
  const list = async (context = sara, more: object = {}) =>
    (await batches.list(more, { context })).batches.map((batch) => batch.id)
  assert.deepEqual(await list(omid), [])
  assert.deepEqual(await list(), [id])
  assert.deepEqual(await list(callOf({ userId: OMID, role: 'admin' })), [id])
  assert.deepEqual(
    [await list(sara, { metadata: 'order:7' }), await list(sara, { metadata: 'order:8' })],
    [[id], []],
  )
  await assert.rejects(batches.archive({ id }, { context: sara }), isCode('BATCH_WITHOUT_FILES'))
})

test('rows are listed a page at a time, by what has become of them', async () => {
  const { id } = await submit([...names(5), wrong])
  await advanceTo(id, 'running')
  const page = (more: object) => testbed.client.batches.listRows({ id, ...more }, { context: sara })
  const first = await page({ limit: 4 })
  const second = await page({ limit: 4, cursor: first.next! })
  assert.deepEqual(
    [...first.rows, ...second.rows].map(({ row }) => row),
    [1, 2, 3, 4, 5, 6],
  )
  assert.deepEqual([first.next, second.next], [4, null])
  const count = async (state: RenderState | 'refused') => (await page({ state })).rows.length
  const counts = await Promise.all((['preparing', 'queued', 'refused', 'failed'] as const).map(count))
  assert.deepEqual(counts, [1, 4, 1, 0])
})
