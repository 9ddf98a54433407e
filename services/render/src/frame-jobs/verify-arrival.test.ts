import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { LeasedJob } from '@flatrender/contracts/node'
import { layOutHeader, SEGMENT_HASH_BYTES } from '@flatrender/engine-scene'
import { sql } from 'kysely'
import { addNode, BUILD, enqueue, letJobsRest, probeJob, readJobs, type TestNode } from '../testbed/farm.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { outcomes } from './outcomes.ts'

let testbed: Testbed
let one: TestNode
let two: TestNode
const toldBefore = outcomes.frames
const told: unknown[] = []
before(async () => {
  testbed = await openTestbed()
  one = await addNode(testbed, 'one')
  two = await addNode(testbed, 'two')
  outcomes.frames = async (_render, _transaction, ended) => {
    told.push(...ended.map(({ outcome }) => outcome.state))
  }
})
after(async () => {
  if (toldBefore === undefined) delete outcomes.frames
  else outcomes.frames = toldBefore
  await testbed.close()
})

const FRAMES = 3

/** A segment's file: a true header, and packets that nobody decodes. */
function segmentFile(key: string, { frames = FRAMES } = {}): Buffer {
  const header = layOutHeader({
    key,
    frames,
    thumbprints: {},
    parameters: {},
    packets: Array.from(
      { length: frames },
      (_, frame) => [frame, frame, 1, frame === 0 ? 1 : 0, 4, 0] as const,
    ),
  })
  return Buffer.concat([header, Buffer.alloc(4 * frames + SEGMENT_HASH_BYTES, 7)])
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Queues a job of one segment, with its row. */
async function queueSegment() {
  const id = randomUUID()
  const key = sha256(Buffer.from(id))
  const objectKey = `render/test/${key}`
  const [job] = await enqueue(
    testbed,
    probeJob({
      id,
      kind: 'frames',
      frames: FRAMES,
      input: {
        kind: 'frames',
        template: null,
        media: [],
        lottie: { hash: key, bytes: 5, objectKey: 'render/test/lottie', extension: '.json' },
        piece: { name: 'intro', lottie: key, step: 1, checks: [], still: [] },
        settings: {
          codec: 'h264',
          width: 64,
          height: 64,
          fps: { num: 30, den: 1 },
          quality: 'draft',
          alpha: false,
        },
        background: null,
        verify: 'key',
        segments: [{ key, piece: 0, from: 0, to: FRAMES, start: 0, objectKey }],
      },
    }),
  )
  await testbed.ask(sql`
    insert into render.segments (tenant_id, key, frames, arch, engine_build, state, frame_job_id)
    values (${DEFAULT_TENANT_ID}, decode(${key}, 'hex'), ${FRAMES}, 'x64', ${BUILD}, 'rendering', ${id})`)
  return { job: job!, key, objectKey }
}

const report = (node: TestNode, lease: LeasedJob, key: string, file: Buffer) =>
  testbed.client.node.complete(
    {
      tenantId: lease.tenantId,
      jobId: lease.jobId,
      fence: lease.fence,
      workedMs: 5,
      result: {
        kind: 'frames',
        segments: [
          {
            key,
            hash: sha256(file),
            bytes: file.length,
            frames: FRAMES,
            packets: sha256(file),
            repaired: [],
          },
        ],
      },
    },
    { context: node.context },
  )

test('a segment that arrived as it was reported is verified, and who waits for it is told once', async () => {
  const { job, key, objectKey } = await queueSegment()
  const [lease] = await one.lease()
  const file = segmentFile(key)
  await testbed.deps.storage.put(objectKey, file)
  told.length = 0
  await report(one, lease!, key, file)
  await report(one, lease!, key, file)
  assert.equal((await readJobs(testbed)).get(job.id)!.state, 'verified')
  assert.deepEqual(told, ['verified'])
})

const faults: readonly (readonly [string, (key: string, good: Buffer) => Buffer | undefined])[] = [
  ['nothing', () => undefined],
  ['other bytes', (_key, good) => Buffer.from(good).fill(9, good.length - 4)],
  ['fewer bytes', (_key, good) => good.subarray(0, -1)],
]
for (const [what, spoil] of faults)
  test(`a segment of which ${what} arrived is painted again elsewhere, and its repair names its frames`, async () => {
    const { job, key, objectKey } = await queueSegment()
    const good = segmentFile(key)
    const [lease] = await one.lease()
    const put = spoil(key, good)
    if (put !== undefined) await testbed.deps.storage.put(objectKey, put)
    await report(one, lease!, key, good)
    await report(one, lease!, key, good)
    const repairs = () =>
      testbed.ask(
        sql<{ frames: number[]; state: string }>`select frames, state from render.frame_repair_jobs
          where frame_job_id = ${job.id}`,
      )
    assert.deepEqual(await repairs(), [{ frames: [0, 1, 2], state: 'pending' }])
    await letJobsRest(testbed)
    const [again] = await two.lease()
    assert.equal(again!.jobId, job.id)
    await testbed.deps.storage.put(objectKey, good)
    await report(two, again!, key, good)
    assert.deepEqual(await repairs(), [{ frames: [0, 1, 2], state: 'repaired' }])
  })

test('a file that is whole but another segment, or lacks frames, is no arrival', async () => {
  const other = sha256(Buffer.from('other'))
  for (const make of [() => segmentFile(other), (key: string) => segmentFile(key, { frames: 2 })]) {
    const { job, key, objectKey } = await queueSegment()
    const [lease] = await one.lease()
    const file = make(key)
    await testbed.deps.storage.put(objectKey, file)
    await report(one, lease!, key, file)
    const { state, attempts } = (await readJobs(testbed)).get(job.id)!
    assert.deepEqual([state, attempts], ['pending', 1])
    await testbed.ask(sql`delete from render.segments`)
    await testbed.ask(sql`delete from render.frame_jobs`)
    await testbed.ask(sql`delete from render.tenant_shares`)
    await testbed.ask(sql`update render.nodes set recent_failures = 0, state = 'online', reason = null`)
  }
})

test('the frames that a node says came out wrong are exactly those of the repair', async () => {
  const { key } = await queueSegment()
  const [lease] = await one.lease()
  await one.fail(lease!, {
    code: 'SEGMENT_UNVERIFIED',
    wrongFrames: [{ key, frames: [1], reason: 'another picture' }],
  })
  await letJobsRest(testbed)
  const [again] = await two.lease()
  await two.fail(again!, {
    code: 'SEGMENT_UNVERIFIED',
    wrongFrames: [{ key, frames: [2], reason: 'another picture' }],
  })
  const repairs = await testbed.ask(
    sql<{ frames: number[] }>`select frames from render.frame_repair_jobs where state = 'pending'`,
  )
  assert.deepEqual(repairs, [{ frames: [1, 2] }])
})
