import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { openLottieEngine, type RenderEngine } from '@flatrender/engine-render'
import { emit } from '@flatrender/platform/events'
import { sql } from 'kysely'
import type { RenderDeps } from '../deps.ts'
import { arrivingKey } from '../frame-jobs/arriving-key.ts'
import { emitSlowly } from '../testbed/emit-slowly.ts'
import { addNode, type TestNode } from '../testbed/farm.ts'
import { callAsSystem, callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { readTemplate } from '../testbed/store-template.ts'
import { evictSnapshots } from './evict-snapshots.ts'
import { prepareSnapshot } from './prepare-snapshot.ts'

let home: string
let testbed: Testbed
let emitBy: RenderDeps['emit'] = emit
let engine: RenderEngine
let node: TestNode

before(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'flatrender-snapshots-'))
  const promo = await readTemplate('product-promo')
  const plans = {
    standingOf: async ({ userId }: { userId: string }) => ({
      ownerId: userId,
      accountId: userId,
      plan: null,
    }),
  }
  testbed = await openTestbed({
    content: promo.content,
    identity: { plans } as unknown as RenderDeps['identity'],
    emit: (transaction, event) => emitBy(transaction, event),
  })
  await promo.store(testbed.deps.storage)
  const environment = process.env
  const limits = { workers: 1, memoryLimit: 3e9, hangTimeout: 60_000 }
  engine = await openLottieEngine({ home: path.join(home, 'node'), environment, ...limits })
  node = await addNode(testbed, 'one', { engineBuild: engine.build })
})

after(async () => {
  await engine.close()
  await testbed.close()
  await rm(home, { recursive: true })
})

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
const sara = callOf({ userId: '00000000-0000-7000-8000-00000000000a' })
const omid = callOf({ userId: '00000000-0000-7000-8000-00000000000b' })

const wish = (title: string, more: object = {}) => ({
  template: 'product-promo',
  scene: 'feature',
  modifications: {
    scenes: [
      { scene: 'intro' },
      { scene: 'feature', modifications: { title, picture: 'package:data/media/bedside.jpg' } },
    ],
  },
  width: 320,
  ...more,
})

const submit = async (input: ReturnType<typeof wish>, context = sara) =>
  (await testbed.client.snapshots.submit(input, { context })).body
const show = (id: string, context = sara) => testbed.client.snapshots.show({ id }, { context })
const prepare = (id: string) => prepareSnapshot(testbed.render, { tenantId: DEFAULT_TENANT_ID, id })
const countJobs = async (kind: string) => {
  const [row] = await testbed.ask(
    sql<{ count: number }>`select count(*)::int as count from render.frame_jobs where kind = ${kind}`,
  )
  return row!.count
}

interface Placed {
  readonly hash?: string
  readonly objectKey?: string
}

/** Every place that an input names. */
function listPlaces(value: unknown): Placed[] {
  if (typeof value !== 'object' || value === null) return []
  return [...('objectKey' in value ? [value as Placed] : []), ...Object.values(value).flatMap(listPlaces)]
}

/** Does what waits for a node, as a node does it. Gives the kinds of work. */
async function work(): Promise<string[]> {
  const { storage } = testbed.deps
  const done: string[] = []
  for (const lease of await node.lease(4)) {
    const [row] = await testbed.ask(
      sql<{ input: object }>`select input from render.frame_jobs where id = ${lease.jobId}`,
    )
    const scratch = path.join(home, lease.jobId)
    await mkdir(scratch)
    const inputs = new Map<string, string>()
    for (const { hash, objectKey } of listPlaces(row!.input)) {
      if (hash === undefined || objectKey === undefined) continue
      const file = path.join(scratch, hash)
      await writeFile(file, await buffer((await storage.get(objectKey)).stream))
      inputs.set(hash, file)
    }
    const output = path.join(scratch, 'output')
    const hearing = { signal: new AbortController().signal, onFrame: () => {} }
    const result = await engine.run(lease.order, { inputs, outputs: [output], scratch }, hearing)
    if (result.kind !== 'probe') {
      const { objectKey } = row!.input as { objectKey: string }
      const content = await readFile(output)
      const contentType = 'application/octet-stream'
      const arriving = arrivingKey(objectKey, lease.fence)
      await storage.put(arriving, content, { sha256: sha256(content), bytes: content.length, contentType })
    }
    const { tenantId, jobId, fence } = lease
    await testbed.client.node.complete(
      { tenantId, jobId, fence, result, workedMs: 10 },
      { context: node.context },
    )
    done.push(lease.kind)
  }
  return done
}

test('a picture is painted once, whoever asks for it and however often', async () => {
  const asked = await submit(wish('Evening'))
  assert.deepEqual([asked.state, asked.width, asked.height], ['preparing', 320, 180])
  await prepare(asked.id)
  // The picture in it has to be looked at first.
  assert.deepEqual(await work(), ['probe'])
  await prepare(asked.id)
  assert.equal((await show(asked.id)).state, 'painting')
  assert.deepEqual(await work(), ['snapshot'])
  const ready = await show(asked.id)
  assert.equal(ready.state, 'ready')
  assert.equal(typeof ready.url, 'string')
  const [row] = await testbed.ask(
    sql<{
      object_key: string
    }>`select object_key from render.snapshots where tenant_id = ${DEFAULT_TENANT_ID}`,
  )
  const picture = await buffer((await testbed.deps.storage.get(row!.object_key)).stream)
  assert.deepEqual([sha256(picture), picture.length], [ready.sha256, ready.bytes])
  assert.equal(picture.subarray(1, 4).toString('latin1'), 'PNG')

  const again = await submit(wish('Evening'))
  assert.deepEqual([again.id, again.state, again.sha256], [asked.id, 'ready', ready.sha256])
  const theirs = await submit(wish('Evening'), omid)
  assert.notEqual(theirs.id, asked.id)
  await prepare(theirs.id)
  assert.equal((await show(theirs.id, omid)).sha256, ready.sha256)
  assert.equal(await countJobs('snapshot'), 1)
  const [pins] = await testbed.ask(sql<{ count: number }>`select count(*)::int from render.input_pins`)
  assert.equal(pins!.count, 0)
})

test('what doesn’t show in the scene makes no other picture, what does makes one', async () => {
  const other = {
    ...wish('Evening').modifications,
    audio: { voiceover: { src: 'package:data/media/none.mp3' } },
  }
  const same = await submit(wish('Evening', { modifications: other }))
  await prepare(same.id)
  assert.equal((await show(same.id)).state, 'ready')
  const changed = await submit(wish('Morning'))
  await prepare(changed.id)
  assert.deepEqual(await work(), ['snapshot'])
  assert.notEqual((await show(changed.id)).sha256, (await show(same.id)).sha256)
})

test('a snapshot goes ahead of everything that waits', async () => {
  const asked = await submit(wish('Ahead'))
  await prepare(asked.id)
  const lanes = await testbed.ask(
    sql<{ lane: string }>`select distinct lane from render.frame_jobs where state = 'pending'`,
  )
  assert.deepEqual(lanes, [{ lane: 'preview' }])
  await work()
})

test('of many asked for at once no more are taken on than an account may have', async () => {
  const nina = callOf({ userId: '00000000-0000-7000-8000-00000000000c' })
  const { id } = await submit(wish('First'), nina)
  await testbed.ask(sql`insert into render.snapshot_requests
      (tenant_id, account_id, request_key, request, width, height, format)
    select tenant_id, account_id, sha256(number::text::bytea), request, width, height, format
    from render.snapshot_requests, generate_series(2, 199) as number where id = ${id}`)
  const titles = ['One', 'Two', 'Three', 'Four']
  emitBy = emitSlowly
  const sent = await Promise.allSettled(titles.map((title) => submit(wish(title), nina)))
  emitBy = emit
  assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 1)
  await assert.rejects(submit(wish('Five'), nina), isCode('SNAPSHOTS_TOO_MANY'))
  await testbed.ask(sql`delete from render.snapshot_requests where account_id = ${nina.actor.id}`)
})

test('a scene that the story lacks is shown as it was designed', async () => {
  const asked = await submit(wish('', { scene: 'outro', modifications: { scenes: [{ scene: 'intro' }] } }))
  await prepare(asked.id)
  await work()
  assert.equal((await show(asked.id)).state, 'ready')
})

test('bad requests are refused with what would do, and nothing is written down', async () => {
  const count = () => testbed.ask(sql`select count(*)::int as count from render.snapshot_requests`)
  const before = await count()
  await assert.rejects(submit(wish('x', { scene: 'nowhere' })), isCode('SCENE_UNKNOWN'))
  const wrong = { scenes: [{ scene: 'feature', modifications: { nothing: 1 } }] }
  await assert.rejects(submit(wish('x', { modifications: wrong })), isCode('SLOT_UNKNOWN'))
  const lost = { scenes: [{ scene: 'feature', modifications: { picture: 'package:none.jpg' } }] }
  await assert.rejects(submit(wish('x', { modifications: lost })), isCode('MEDIA_NOT_FOUND'))
  assert.deepEqual(await count(), before)
})

test('a file that is no picture fails the snapshot, with a code; sent again it is refused at once', async () => {
  const data = { scenes: [{ scene: 'feature', modifications: { picture: 'package:flatrender.json' } }] }
  const asked = await submit(wish('x', { modifications: data }))
  await prepare(asked.id)
  const [lease] = await node.lease(1)
  const { tenantId, jobId, fence } = lease!
  const failure = { code: 'MEDIA_UNREADABLE', data: { file: 'x', reason: 'it is text' }, retryable: false }
  await testbed.client.node.fail({ tenantId, jobId, fence, failure, workedMs: 1 }, { context: node.context })
  await prepare(asked.id)
  const failed = await show(asked.id)
  assert.deepEqual([failed.state, failed.failure?.code], ['failed', 'MEDIA_UNREADABLE'])
  await assert.rejects(submit(wish('x', { modifications: data })), isCode('MEDIA_UNREADABLE'))
})

test('two who ask for the same at once wait for one picture', async () => {
  const [hers, his] = await Promise.all([submit(wish('At once')), submit(wish('At once'), omid)])
  const before = await countJobs('snapshot')
  await Promise.all([prepare(hers.id), prepare(his.id)])
  assert.equal(await countJobs('snapshot'), before + 1)
  await work()
  const [one, other] = await Promise.all([show(hers.id), show(his.id, omid)])
  assert.deepEqual([one.state, one.sha256], ['ready', other.sha256])
})

test('what a node failed at may go well later, but not for being sent again at once', async () => {
  const asked = await submit(wish('Unlucky'))
  await prepare(asked.id)
  const [lease] = await node.lease(1)
  const { tenantId, jobId, fence } = lease!
  // Not retryable: the farm gives up at once, as it does after three attempts.
  const failure = { code: 'WORKER_CRASHED', data: {}, retryable: false }
  await testbed.client.node.fail({ tenantId, jobId, fence, failure, workedMs: 1 }, { context: node.context })
  const failed = await submit(wish('Unlucky'))
  assert.deepEqual([failed.state, failed.failure?.code], ['failed', 'WORKER_CRASHED'])
  await testbed.ask(sql`update render.snapshot_requests set preparing_at = now() - interval '61 seconds'`)
  assert.equal((await submit(wish('Unlucky'))).state, 'preparing')
  await prepare(asked.id)
  await work()
  assert.equal((await show(asked.id)).state, 'ready')
})

test('a snapshot of somebody else is none', async () => {
  const { id } = await submit(wish('Evening'))
  await assert.rejects(show(id, omid), isCode('SNAPSHOT_UNKNOWN'))
  const stranger = callOf({ tenantId: '00000000-0000-7000-8000-0000000000ff' })
  await assert.rejects(show(id, stranger), isCode('SNAPSHOT_UNKNOWN'))
  assert.equal((await show(id, callAsSystem())).state, 'ready')
})

test('a picture that nobody asks for is removed with its file, and painted anew when somebody does', async () => {
  const { id } = await submit(wish('Evening'))
  await testbed.ask(sql`update render.snapshots set last_used_at = now() - interval '31 days'`)
  await evictSnapshots(testbed.render)
  const left = await testbed.ask(sql`select id from render.snapshots where state <> 'pending'`)
  assert.deepEqual(left, [])
  await assert.rejects(show(id), isCode('SNAPSHOT_UNKNOWN'))
  const anew = await submit(wish('Evening'))
  assert.equal(anew.state, 'preparing')
  await prepare(anew.id)
  assert.deepEqual(await work(), ['snapshot'])
  assert.equal((await show(anew.id)).state, 'ready')
})
