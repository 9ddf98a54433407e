import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { findFrameJobs } from '../frame-jobs/frame-jobs-system-store.ts'
import type { EndedFrameJob, FrameJobLane, FrameJobOutcome } from '../frame-jobs/new-frame-job.ts'
import { closeRepairs, openRepairs } from '../frame-jobs/repairs-system-store.ts'
import { keyOfSound } from '../plans/key-of-sound.ts'
import type { PlanObject } from '../plans/plan-object.ts'
import { findRender } from '../renders/renders-store.ts'
import { moveRender } from '../renders/renders-system-store.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { makePlanObject } from '../testbed/plan-object.ts'
import { beginWaiting, learnGrouping } from './begin-waiting.ts'
import { leaveSegments } from './leave-segments.ts'
import { takeFrames } from './take-frames.ts'

const tenantId = DEFAULT_TENANT_ID
const sha = (text: string) => createHash('sha256').update(text).digest('hex')

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

/** A render that is planned and waits for its segments. */
async function waitFor(object: PlanObject, lane: FrameJobLane = 'batch'): Promise<string> {
  const id = randomUUID()
  await testbed.ask(sql`
    insert into render.render_jobs (tenant_id, id, account_id, template_id, template_version_id, template_package,
      modifications, output, lane, state, preparing_at)
    values (${tenantId}, ${id}, ${tenantId}, ${randomUUID()}, ${randomUUID()}, '{}', '{}', '{}', ${lane}, 'preparing', now())`)
  const row = await rowOf(id)
  const { plan, template } = object
  const grouping = await learnGrouping(testbed.render, row, { plan, templateHash: template.contentHash })
  const begun = await beginWaiting(
    testbed.render,
    row,
    object,
    grouping,
    async (transaction, { cachedFrames }) => {
      const moved = await moveRender(transaction, { tenantId, renderId: id }, 'rendering', {
        plan_hash: Buffer.alloc(32),
        plan_object_key: 'plan',
        frames_total: object.plan.frames,
        frames_done: cachedFrames,
        frames_cached: cachedFrames,
      })
      return moved !== undefined
    },
  )
  assert.ok(begun)
  return id
}

const rowOf = async (renderId: string) =>
  (await testbed.render.system.transact((transaction) => findRender(transaction, { tenantId, renderId })))!

interface JobRow {
  id: string
  kind: 'frames' | 'sound'
  state: string
  waiters: number
  lane: string
  frames: number
  input: Record<string, unknown> & { segments: { key: string }[] }
}

/** The frame jobs that paint a plan's segments now, or did last. */
const jobsOf = ({ plan }: PlanObject) => jobsFor(plan.segments.map(({ key }) => key))

const jobsFor = (keys: readonly string[]) =>
  testbed.ask(sql<JobRow>`
    select distinct job.id, job.kind, job.state, job.waiters, job.lane, job.frames, job.input from render.frame_jobs as job
    join render.segments as segment on segment.tenant_id = job.tenant_id and segment.frame_job_id = job.id
    where encode(segment.key, 'hex') = any (${keys}) order by job.id`)

const statesOf = async ({ plan }: PlanObject) =>
  (
    await testbed.ask(sql<{ state: string }>`select state from render.segments
      where encode(key, 'hex') = any (${plan.segments.map(({ key }) => key)})`)
  ).map(({ state }) => state)

/** Ends a job as dispatch does, in a transaction that holds it. */
const end = (job: JobRow, outcome: FrameJobOutcome) =>
  testbed.render.system.transact(async (transaction) => {
    const ended: EndedFrameJob = {
      tenantId,
      id: job.id,
      kind: job.kind,
      renderJobId: null,
      nodeId: '00000000-0000-7000-8000-0000000000ff',
      attempts: 1,
      workedMs: 1,
      input: job.input,
      outcome,
    }
    await sql`update render.frame_jobs set state = ${outcome.state}, finished_at = now(),
      error = ${outcome.state === 'failed' ? '{}' : null} where id = ${job.id}`.execute(transaction)
    await closeRepairs(transaction, [ended])
    await takeFrames(testbed.render, transaction, [ended])
  })

const verified = ({ input }: JobRow): FrameJobOutcome => ({
  state: 'verified',
  result: {
    kind: 'frames',
    segments: input.segments.map(({ key }) => ({
      key,
      hash: sha(key),
      bytes: 10,
      frames: 50,
      packets: sha(key),
      repaired: [],
    })),
  },
})

test('a piece’s missing segments are one job; who comes later waits for it too, in the higher lane', async () => {
  const object = makePlanObject()
  await waitFor(object)
  const before = await jobsOf(object)
  assert.deepEqual(
    before.map(({ waiters, frames }) => [waiters, frames]),
    [
      [1, 100],
      [1, 100],
    ],
  )
  await waitFor(object, 'interactive')
  const after = await jobsOf(object)
  assert.deepEqual(
    after.map(({ id }) => id),
    before.map(({ id }) => id),
  )
  assert.deepEqual(
    after.map(({ waiters, lane }) => [waiters, lane]),
    [
      [2, 'interactive'],
      [2, 'interactive'],
    ],
  )
})

test('many that begin at the same time paint each segment once', async () => {
  const object = makePlanObject()
  await Promise.all(Array.from({ length: 8 }, () => waitFor(object)))
  const jobs = await jobsOf(object)
  assert.deepEqual(
    jobs.map(({ waiters }) => waiters),
    [8, 8],
  )
})

test('what nobody waits for any more is cancelled, and painted anew for whoever comes then', async () => {
  const object = makePlanObject()
  const [first, second] = [await waitFor(object), await waitFor(object)]
  const leave = (renderId: string) => leaveSegments(testbed.render, { tenantId, renderId })
  await leave(first)
  await leave(first)
  assert.deepEqual(
    (await jobsOf(object)).map(({ state, waiters }) => [state, waiters]),
    [
      ['pending', 1],
      ['pending', 1],
    ],
  )
  await leave(second)
  assert.deepEqual(new Set(await statesOf(object)), new Set(['missing']))
  await waitFor(object)
  assert.deepEqual(
    (await jobsOf(object)).map(({ state, waiters }) => [state, waiters]),
    [
      ['pending', 1],
      ['pending', 1],
    ],
  )
})

test('verified segments bring every render on that counts on them; with the last it is assembled', async () => {
  const object = makePlanObject()
  const [first, second] = [await waitFor(object), await waitFor(object)]
  const [one, two] = await jobsOf(object)
  await end(one!, verified(one!))
  for (const id of [first, second]) {
    const { state, frames_done } = await rowOf(id)
    assert.deepEqual([state, frames_done], ['rendering', 100])
  }
  // Told again, by a report that came twice, it counts once.
  await end(one!, verified(one!))
  assert.equal((await rowOf(first)).frames_done, 100)
  await end(two!, verified(two!))
  for (const id of [first, second]) assert.equal((await rowOf(id)).state, 'assembling')
  const third = await rowOf(await waitFor(object))
  assert.equal(third.frames_cached, 200)
})

test('what arrived damaged and was painted again counts as repaired, beside what the node repaired itself', async () => {
  const object = makePlanObject()
  const id = await waitFor(object)
  const [one] = await jobsOf(object)
  const [first, second] = one!.input.segments
  const frames = Array.from({ length: 50 }, (_, frame) => frame)
  await testbed.render.system.transact(async (transaction) => {
    const [row] = await findFrameJobs(transaction, [{ tenantId, id: one!.id }])
    const wrongFrames = [{ key: first!.key, frames, reason: 'other bytes' }]
    const failure = { code: 'ARRIVAL_DAMAGED', data: {}, retryable: true, wrongFrames }
    const attempt = { event: 'fail', failure, workedMs: 1, reported: 'completed' } as const
    await openRepairs(transaction, [{ row: row!, attempt }])
  })
  const outcome = verified(one!)
  assert.ok(outcome.state === 'verified' && outcome.result.kind === 'frames')
  const segments = outcome.result.segments.map((segment) =>
    segment.key === second!.key ? { ...segment, repaired: [7] } : segment,
  )
  await end(one!, { state: 'verified', result: { kind: 'frames', segments } })
  assert.equal((await rowOf(id)).frames_repaired, 51)
})

test('a render waits for its sound too; mixed once, it is there for all that sound the same', async () => {
  const sound = { tracks: [], seconds: 8, range: { start: 0, end: 8 }, ducking: false }
  const object = { ...makePlanObject(), sound }
  const id = await waitFor(object)
  for (const job of await jobsOf(object)) await end(job, verified(job))
  const { state, frames_done } = await rowOf(id)
  assert.deepEqual([state, frames_done], ['rendering', 200])
  const mixing = () => jobsFor([keyOfSound(object)!])
  const [job] = await mixing()
  const result = { kind: 'sound', hash: sha('sound'), bytes: 10 } as const
  await end(job!, { state: 'verified', result })
  assert.equal((await rowOf(id)).state, 'assembling')
  await waitFor({ ...makePlanObject(), sound })
  assert.deepEqual(
    (await mixing()).map((one) => [one.id, one.state]),
    [[job!.id, 'verified']],
  )
})

test('late segments of a cancelled render are kept, and change nothing else', async () => {
  const object = makePlanObject()
  const id = await waitFor(object)
  const [one] = await jobsOf(object)
  await testbed.render.system.transact((transaction) =>
    moveRender(transaction, { tenantId, renderId: id }, 'cancelled'),
  )
  await end(one!, verified(one!))
  const { state, frames_done } = await rowOf(id)
  assert.deepEqual([state, frames_done], ['cancelled', 0])
  assert.equal((await statesOf(object)).filter((one) => one === 'verified').length, 2)
})

test('a job that failed for good fails its renders, which say where and what to do', async () => {
  const object = makePlanObject()
  const id = await waitFor(object)
  const [one] = await jobsOf(object)
  const data = { piece: 'scene 0', frames: '3', reason: 'black' }
  const failure = { code: 'SEGMENT_UNVERIFIED', data, retryable: false }
  await end(one!, { state: 'failed', failure, crash: null })
  const row = await rowOf(id)
  assert.deepEqual([row.state, row.failure_code], ['failed', 'SEGMENT_UNVERIFIED'])
  assert.deepEqual(row.failure_data, { ...data, node: '00000000-0000-7000-8000-0000000000ff' })
  assert.equal((await statesOf(object)).filter((one) => one === 'missing').length, 2)
})
