import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import type { FramesOrder } from '@flatrender/contracts/node'
import { serveSigned } from '@flatrender/platform/storage'
import { sql } from 'kysely'
import { removeOrphans } from '../inputs/remove-orphans.ts'
import { addNode, letJobsRest, readJobs, type TestNode } from '../testbed/farm.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { queueSegment, reportSegment, segmentFile, sha256 } from '../testbed/segments.ts'
import { arrivingKey } from './arriving-key.ts'
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

test('a segment that arrived as it was reported is verified, and who waits for it is told once', async () => {
  const { job, key, objectKey } = await queueSegment(testbed)
  const [lease] = await one.lease()
  const file = segmentFile(key)
  await testbed.deps.storage.put(arrivingKey(objectKey, lease!.fence), file)
  told.length = 0
  await reportSegment(testbed, one, lease!, key, file)
  await reportSegment(testbed, one, lease!, key, file)
  assert.equal((await readJobs(testbed)).get(job.id)!.state, 'verified')
  assert.deepEqual(told, ['verified'])
})

test('what was verified stays, whatever is still put by the address that it came by; what arrived too late goes', async () => {
  const { job, key, objectKey } = await queueSegment(testbed)
  const [lease] = await one.lease()
  const { storage } = testbed.deps
  const order = lease!.order as FramesOrder
  const file = segmentFile(key)
  const put = (body: Buffer) =>
    serveSigned(testbed.deps, {
      method: 'PUT',
      url: order.segments[0]!.put.slice('/files'.length),
      headers: {},
      body: Readable.from([body]),
    })
  await put(file)
  await reportSegment(testbed, one, lease!, key, file)
  assert.equal((await readJobs(testbed)).get(job.id)!.state, 'verified')
  await put(Buffer.from('changed'))
  await reportSegment(testbed, one, lease!, key, file)
  assert.ok((await buffer((await storage.get(objectKey)).stream)).equals(file))
  assert.ok(await storage.head(arrivingKey(objectKey, lease!.fence)))
  await removeOrphans(testbed.render, Date.now() + 86_400_000)
  assert.deepEqual(
    (await Array.fromAsync(storage.list('render/'))).filter(({ key: place }) => place.includes(key)),
    [{ key: objectKey, bytes: file.length }],
  )
})

test('a report whose answer and whose word in the database were lost is believed once more', async () => {
  const { job, key, objectKey } = await queueSegment(testbed)
  const [lease] = await one.lease()
  const file = segmentFile(key)
  // As if the process had died between the move and the word.
  await testbed.deps.storage.put(objectKey, file)
  await reportSegment(testbed, one, lease!, key, file)
  assert.equal((await readJobs(testbed)).get(job.id)!.state, 'verified')
})

const faults: readonly (readonly [string, (key: string, good: Buffer) => Buffer | undefined])[] = [
  ['nothing', () => undefined],
  ['other bytes', (_key, good) => Buffer.from(good).fill(9, good.length - 4)],
  ['fewer bytes', (_key, good) => good.subarray(0, -1)],
]
for (const [what, spoil] of faults)
  test(`a segment of which ${what} arrived is painted again elsewhere, and its repair names its frames`, async () => {
    const { job, key, objectKey } = await queueSegment(testbed)
    const good = segmentFile(key)
    const [lease] = await one.lease()
    const put = spoil(key, good)
    if (put !== undefined) await testbed.deps.storage.put(arrivingKey(objectKey, lease!.fence), put)
    await reportSegment(testbed, one, lease!, key, good)
    await reportSegment(testbed, one, lease!, key, good)
    const repairs = () =>
      testbed.ask(
        sql<{ frames: number[]; state: string }>`select frames, state from render.frame_repair_jobs
          where frame_job_id = ${job.id}`,
      )
    assert.deepEqual(await repairs(), [{ frames: [0, 1, 2], state: 'pending' }])
    await letJobsRest(testbed)
    const [again] = await two.lease()
    assert.equal(again!.jobId, job.id)
    await testbed.deps.storage.put(arrivingKey(objectKey, again!.fence), good)
    await reportSegment(testbed, two, again!, key, good)
    assert.deepEqual(await repairs(), [{ frames: [0, 1, 2], state: 'repaired' }])
  })

test('a file that is whole but another segment, or lacks frames, is no arrival', async () => {
  const other = sha256(Buffer.from('other'))
  for (const make of [() => segmentFile(other), (key: string) => segmentFile(key, { frames: 2 })]) {
    const { job, key, objectKey } = await queueSegment(testbed)
    const [lease] = await one.lease()
    const file = make(key)
    await testbed.deps.storage.put(arrivingKey(objectKey, lease!.fence), file)
    await reportSegment(testbed, one, lease!, key, file)
    const { state, attempts } = (await readJobs(testbed)).get(job.id)!
    assert.deepEqual([state, attempts], ['pending', 1])
    await testbed.ask(sql`delete from render.segments`)
    await testbed.ask(sql`delete from render.frame_jobs`)
    await testbed.ask(sql`delete from render.tenant_shares`)
    await testbed.ask(sql`update render.nodes set recent_failures = 0, state = 'online', reason = null`)
  }
})

test('the frames that a node says came out wrong are exactly those of the repair', async () => {
  const { key } = await queueSegment(testbed)
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
