import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import type { Call } from '@flatrender/contracts/call'
import type { Standing } from '@flatrender/contracts/identity'
import type { RenderProgressView, RenderState } from '@flatrender/contracts/render'
import { emit } from '@flatrender/platform/events'
import { sql } from 'kysely'
import { ensureProbes } from '../inputs/ensure-probes-system-store.ts'
import { countPlanned } from '../minutes/count-planned.ts'
import { planRender } from '../plans/plan-render.ts'
import type { RenderDeps } from '../service.ts'
import { emitSlowly } from '../testbed/emit-slowly.ts'
import { addNode } from '../testbed/farm.ts'
import { callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { readTemplate } from '../testbed/store-template.ts'
import { OPEN_FOR_EACH } from './place-render.ts'
import { findRender } from './renders-store.ts'

const plan: NonNullable<Standing['plan']> = {
  id: '00000000-0000-7000-8000-0000000000aa',
  slug: 'small',
  monthlyMinutes: null,
  maxShortSidePixels: 720,
  hasWatermark: false,
  storageBytes: 1,
  concurrentRenders: 1,
  priority: 0,
  allowsApi: false,
  maxBatchRows: 0,
}
const sara = callOf()
const { tenantId, id: accountId } = sara.actor
/** What the account's plan is for now. */
let allowed = plan
let testbed: Testbed
let emitBy: RenderDeps['emit'] = emit

before(async () => {
  const template = await readTemplate('logo-reveal')
  const identity = {
    plans: { standingOf: async () => ({ ownerId: accountId, accountId, plan: allowed }) },
    // Of credits there are enough.
    credits: {
      quote: async () => ({ enough: true, available: 1000 }),
      reserve: async () => {},
      renew: async () => {},
    },
  }
  testbed = await openTestbed({
    content: template.content,
    identity: identity as unknown as RenderDeps['identity'],
    emit: (transaction, event) => emitBy(transaction, event),
  })
  await template.store(testbed.deps.storage)
})
after(() => testbed?.close())
beforeEach(async () => {
  allowed = plan
  emitBy = emit
  await testbed.ask(sql`delete from render.render_jobs`)
})

const wish = { template: 'logo-reveal', modifications: { name: 'Lumo' } }
const submit = async (call: Call = sara) => {
  const made = await testbed.client.renders.submit(wish, { context: call })
  assert.ok(!made.dryRun)
  return made.id
}
const dryRun = async (call: Call = sara) => {
  const told = await testbed.client.renders.submit({ ...wish, dryRun: true }, { context: call })
  assert.ok(told.dryRun)
  return told
}
const planIt = (renderId: string) => planRender(testbed.render, { tenantId, renderId })
const cancel = (id: string) => testbed.client.renders.cancel({ id }, { context: sara })

/** What whoever watches hears first. */
async function look(id: string): Promise<RenderProgressView> {
  const events = await testbed.client.renders.events({ id }, { context: sara })
  for await (const progress of events) return progress
  throw new Error('nothing was told')
}

/** A person's file that was fetched and that no node has looked at. */
const makeFile = () => ({
  tenantId,
  hash: randomBytes(32).toString('hex'),
  objectKey: 'render/test/picture',
  bytes: 1,
  extension: '.png',
})

/** Makes the videos that there are so long. */
const setLength = (milliseconds: number) =>
  testbed.ask(sql`update render.render_jobs set video_ms = ${milliseconds}`)

test('a key renders where its account’s plan has the API, and nowhere else', async () => {
  const key: Call = { ...sara, actor: { ...sara.actor, kind: 'key' } }
  await assert.rejects(submit(key), isCode('PLAN_WITHOUT_API'))
  const { valid, errors } = await dryRun(key)
  assert.deepEqual([valid, errors.map(({ code }) => code)], [false, ['PLAN_WITHOUT_API']])
  const snapshot = { ...wish, scene: 'wordmark' }
  await assert.rejects(
    testbed.client.snapshots.submit(snapshot, { context: key }),
    isCode('PLAN_WITHOUT_API'),
  )
  await submit()
  allowed = { ...plan, allowsApi: true }
  await submit(key)
})

test('a plan’s minutes of a month are those of videos made and on their way, each once', async () => {
  allowed = { ...plan, monthlyMinutes: 1 }
  const first = await submit()
  const [row] = await testbed.ask(sql<{ video_ms: number }>`select video_ms from render.render_jobs`)
  assert.equal(row!.video_ms, 4000)
  assert.equal((await dryRun()).valid, true)
  await setLength(56_000)
  const second = await submit()
  await assert.rejects(submit(), (error: unknown) => {
    assert.ok(isCode('PLAN_MINUTES_SPENT')(error))
    assert.deepEqual((error as { data: object }).data, { plan: 'small', limit: 1, used: 1, wanted: 0.07 })
    return true
  })
  assert.deepEqual(
    (await dryRun()).errors.map(({ code }) => code),
    ['PLAN_MINUTES_SPENT'],
  )
  await cancel(second)
  await submit()
  // What was asked for in another month is counted there.
  await testbed.ask(
    sql`update render.render_jobs set created_at = created_at - interval '32 days' where id = ${first}`,
  )
  await submit()
})

test('of many sent at once no more are taken on than the plan has minutes for', async () => {
  allowed = { ...plan, monthlyMinutes: 1 }
  await submit()
  await setLength(50_000)
  const sent = await Promise.allSettled([submit(), submit(), submit(), submit()])
  assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 2)
})

test('of many sent at once no more are taken on than the plan lets wait', async () => {
  await submit()
  await testbed.ask(sql`insert into render.render_jobs
      (tenant_id, account_id, template_id, template_version_id, template_package, modifications, output)
    select tenant_id, account_id, template_id, template_version_id, template_package, modifications, output
    from render.render_jobs, generate_series(2, ${OPEN_FOR_EACH - 1})`)
  emitBy = emitSlowly
  const sent = await Promise.allSettled([submit(), submit(), submit(), submit()])
  assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 1)
  await assert.rejects(submit(), isCode('RENDERS_TOO_MANY'))
})

test('a video that its media make longer than the plan has minutes for fails; a shorter one counts less', async () => {
  allowed = { ...plan, monthlyMinutes: 1 }
  const renderId = await submit()
  const count = async (frames: number) => {
    const row = await testbed.deps.system.transact((transaction) =>
      findRender(transaction, { tenantId, renderId }),
    )
    await countPlanned(testbed.render, row!, frames)
  }
  const used = async () => {
    const [row] = await testbed.ask(sql<{ video_ms: number }>`select video_ms from render.render_jobs`)
    return row!.video_ms
  }
  await count(60 * 30)
  await count(60 * 30)
  assert.equal(await used(), 60_000)
  await assert.rejects(count(61 * 30), isCode('PLAN_MINUTES_SPENT'))
  await count(30)
  assert.equal(await used(), 1000)
})

test('more renders than the plan has at once wait, and say so; so does one where no node is there', async () => {
  const [first, second, third] = [await submit(), await submit(), await submit()]
  const waitOf = async (id: string) => {
    const { message: _, ...wait } = (await look(id)).waiting!
    return wait
  }
  const account = { reason: 'account', position: 1, jobsBefore: 0, expectedSeconds: null }
  assert.equal((await look(first)).state, 'preparing', 'there is a place for it')
  assert.deepEqual(await waitOf(second), account)
  await planIt(first)
  await planIt(second)
  const tell = async (id: string): Promise<[RenderState, string | undefined]> => {
    const { state, waiting } = await look(id)
    return [state, waiting?.reason]
  }
  assert.deepEqual(await tell(first), ['preparing', 'no_node'])
  assert.deepEqual(await tell(second), ['queued', 'account'])
  const { valid, estimatedSeconds, frames } = await dryRun()
  assert.deepEqual([valid, estimatedSeconds, frames], [true, null, 120])

  const node = await addNode(testbed, 'one')
  assert.deepEqual(await tell(first), ['preparing', undefined], 'it names no file that could be looked at')
  const admin = { context: callOf({ role: 'admin' }) }
  await testbed.client.nodes.pause({ id: node.id }, admin)
  assert.deepEqual(await tell(first), ['preparing', 'nodes_paused'])
  await testbed.client.nodes.resume({ id: node.id }, admin)
  await planIt(first)
  await planIt(second)
  assert.deepEqual(await tell(first), ['rendering', 'queue'])
  assert.deepEqual(await tell(second), ['queued', 'account'])
  assert.ok((await dryRun()).estimatedSeconds! > 0)
  const [planned] = await testbed.ask(sql<{ jobs: number }>`
    select count(*)::int as jobs from render.frame_jobs where state = 'pending'`)
  assert.ok(planned!.jobs > 0)
  assert.deepEqual(await waitOf(third), { ...account, position: 2, jobsBefore: planned!.jobs })
  await testbed.ask(sql`update render.render_jobs
    set frames_done = 60, rendering_at = now() - interval '30 seconds' where id = ${first}`)
  const { expectedSeconds, ...rest } = await waitOf(second)
  assert.deepEqual({ ...rest, expectedSeconds: null }, { ...account, jobsBefore: planned!.jobs })
  assert.ok(expectedSeconds! >= 30 && expectedSeconds! < 60, `${expectedSeconds}`)
  await cancel(first)
  await planIt(second)
  assert.equal((await tell(second))[0], 'rendering')
  await testbed.client.nodes.retire({ id: node.id }, admin)
})

test('a render that names a file nobody has looked at yet waits for that, where a node is there', async () => {
  const id = await submit()
  await planIt(id)
  const { file, payer } = { file: makeFile(), payer: { tenantId, accountId: accountId! } }
  await testbed.ask(sql`delete from render.frame_jobs`)
  await testbed.ask(
    sql`update render.render_jobs set media = ${JSON.stringify({ 'https://pictures.example/a.png': file })} where id = ${id}`,
  )
  await testbed.deps.system.transact((transaction) =>
    ensureProbes(transaction, [file], { payer, lane: 'interactive', priority: 0 }),
  )
  const tell = async () => {
    const { waiting } = await look(id)
    return waiting && [waiting.reason, waiting.position, waiting.jobsBefore]
  }
  assert.deepEqual(await tell(), ['no_node', 1, 0])
  const node = await addNode(testbed, 'looker', { onlyWhenIdle: true })
  assert.deepEqual(await tell(), ['media', 1, 0])
  await node.beat([], { takesWork: false })
  assert.deepEqual(await tell(), ['nodes_in_use', 1, 0])
  await node.beat()
  const [lease] = await node.lease()
  assert.deepEqual(await tell(), ['media', null, null], 'it is being looked at')
  await node.complete(lease!)
  assert.equal(await tell(), null)
  await node.beat([], { takesWork: false })
  assert.equal(await tell(), null, 'it is planned, though nobody would work now')
})

/** Four scenes of four seconds. */
const long = { modifications: { scenes: Array.from({ length: 4 }, () => ({ scene: 'wordmark' })) } }

test('the lane before all others takes a few small seconds, and nobody’s whole video', async () => {
  const preview = async (more: object = {}) => {
    const made = await testbed.client.renders.submit({ ...wish, lane: 'preview', ...more }, { context: sara })
    assert.ok(!made.dryRun)
    return made.output
  }
  const { width, height } = await preview()
  assert.deepEqual([width, height], [640, 360])
  const large = { output: { container: 'mp4', resolution: '480p' } } as const
  await assert.rejects(preview(large), isCode('PREVIEW_TOO_LARGE'))
  await assert.rejects(preview(long), isCode('PREVIEW_TOO_LARGE'))
  await preview({ ...long, output: { container: 'mp4', range: [2, 9] } })
  const told = await testbed.client.renders.submit(
    { ...wish, ...large, lane: 'preview', dryRun: true },
    { context: sara },
  )
  assert.ok(told.dryRun)
  assert.deepEqual(
    told.errors.map(({ code }) => code),
    ['PREVIEW_TOO_LARGE'],
  )
})

test('nor one that its media made longer than was thought', async () => {
  await testbed.client.renders.submit({ ...wish, ...long }, { context: sara })
  const [row] = await testbed.ask(
    sql<{ id: string }>`update render.render_jobs set lane = 'preview' returning id`,
  )
  await planIt(row!.id)
  const { state, failure } = await testbed.client.renders.show({ id: row!.id }, { context: sara })
  assert.deepEqual([state, failure?.code], ['failed', 'PREVIEW_TOO_LARGE'])
})
