import { randomUUID } from 'node:crypto'
import type { SystemTransaction } from '@flatrender/platform/db'
import { addWaiters } from '../frame-jobs/add-waiters.ts'
import { enqueueFrameJobs } from '../frame-jobs/enqueue-frame-jobs.ts'
import type { FrameJobLane } from '../frame-jobs/new-frame-job.ts'
import { type Grouping, groupSegments } from '../plans/group-segments.ts'
import { keeperOfSound, keyOfSound } from '../plans/key-of-sound.ts'
import type { PlanObject } from '../plans/plan-object.ts'
import { writeFramesOrder } from '../plans/write-orders.ts'
import type { RenderName } from '../renders/render-name.ts'
import type { Tables } from '../tables.ts'
import { newSoundJob } from './new-sound-job.ts'
import {
  findSegments,
  holdFrameJobsOf,
  holdSegments,
  pinSegments,
  type SegmentRow,
  startSegments,
} from './segments-system-store.ts'

/** Bytes that a worker takes beside its pictures, and how many pictures of the output it holds at the most. */
const WORKER_BYTES = 256 * 1024 ** 2
const PICTURES = 24

/** A render that begins to wait for its segments. */
export interface SegmentWaiter extends RenderName {
  readonly accountId: string
  readonly lane: FrameJobLane
  readonly priority: number
}

/** How much of a plan is there already. */
export interface WaitedSegments {
  /** Frames of the timeline that need not be painted. */
  readonly cachedFrames: number
  /** Is nothing to be waited for? */
  readonly complete: boolean
}

/** Somebody else began to paint one of the segments just now: look again. */
export class SegmentsMoved extends Error {}

/**
 * Makes a render count on the segments of its plan. What nobody paints yet is put into frame jobs; for what is being painted
 * it waits with the others. Locks are taken in the order of everybody here: frame jobs, segments, renders.
 * Throws SegmentsMoved where that order could not be kept; whoever calls begins anew.
 */
export async function waitForSegments(
  transaction: SystemTransaction<Tables>,
  waiter: SegmentWaiter,
  object: PlanObject,
  grouping: Grouping,
): Promise<WaitedSegments> {
  const { plan } = object
  const wanted = listWanted(waiter, object)
  const held = new Set(
    (await holdFrameJobsOf(transaction, await findSegments(transaction, wanted))).map(({ id }) => id),
  )
  const rows = await holdSegments(transaction, wanted, {
    arch: plan.engine.slice(plan.engine.lastIndexOf(' ') + 1),
    build: plan.engine,
  })
  const rowOf = new Map(rows.map((row) => [nameOf(row), row]))
  const painting = rows.filter(({ state }) => state === 'rendering')
  if (painting.some(({ frameJobId }) => frameJobId === null || !held.has(frameJobId)))
    throw new SegmentsMoved()
  await pinSegments(
    transaction,
    wanted.map((one) => ({ tenantId: one.tenantId, id: rowOf.get(nameOf(one))!.id, frames: one.onTimeline })),
    waiter,
  )
  const jobs = new Map(painting.map(({ tenantId, frameJobId }) => [frameJobId!, tenantId]))
  await addWaiters(
    transaction,
    [...jobs].map(([id, tenantId]) => ({ id, tenantId })),
    waiter.lane,
  )
  await paintMissing(transaction, waiter, object, rowOf, grouping)
  const isThere = (one: { tenantId: string; key: string }) => rowOf.get(nameOf(one))!.state === 'verified'
  const there = wanted.filter(isThere)
  return {
    cachedFrames: there.reduce((sum, { onTimeline }) => sum + onTimeline, 0),
    complete: there.length === wanted.length,
  }
}

/** Puts the segments that nobody paints into frame jobs, and before them the sound that nobody mixes: it is one long job. */
async function paintMissing(
  transaction: SystemTransaction<Tables>,
  { tenantId: payerTenantId, accountId, lane, priority }: SegmentWaiter,
  object: PlanObject,
  rowOf: ReadonlyMap<string, SegmentRow>,
  grouping: Grouping,
): Promise<void> {
  const { plan, pieces, template } = object
  const isMissing = (name: string) => {
    const { state } = rowOf.get(name)!
    return state !== 'verified' && state !== 'rendering'
  }
  const started: Parameters<typeof startSegments>[1][number][] = []
  const start = (tenantId: string, key: string, frameJobId: string) => {
    const objectKey = `render/${tenantId}/segments/${key}.${frameJobId}`
    started.push({ tenantId, id: rowOf.get(nameOf({ tenantId, key }))!.id, frameJobId, objectKey })
    return objectKey
  }
  const common = {
    payer: { tenantId: payerTenantId, accountId },
    renderJobId: null,
    lane,
    priority,
    engineBuild: plan.engine,
    templateHash: template.contentHash,
    waiters: 1,
  }
  const sound = keyOfSound(object)
  const keeper = keeperOfSound(object, payerTenantId)
  const mixing =
    sound !== undefined && isMissing(nameOf({ tenantId: keeper, key: sound }))
      ? [newSoundJob(object, sound, (id) => start(keeper, sound, id))]
      : []
  const taken = new Set<string>()
  const missing = plan.segments.filter(({ key, piece }) => {
    const name = nameOf({ tenantId: pieces[piece]!.tenantId, key })
    const isFirst = !taken.has(name)
    taken.add(name)
    return isFirst && isMissing(name)
  })
  const { width, height } = plan.settings
  const painting = groupSegments(missing, grouping).map((segments) => {
    const { tenantId } = pieces[segments[0]!.piece]!
    const id = randomUUID()
    const ordered = segments.map((segment) => ({ ...segment, objectKey: start(tenantId, segment.key, id) }))
    const frames = segments.reduce((sum, { from, to }) => sum + to - from, 0)
    return {
      ...common,
      tenantId,
      id,
      kind: 'frames' as const,
      neededMemoryBytes: WORKER_BYTES + width * height * 4 * PICTURES,
      frames,
      estimatedMs: Math.ceil(frames * grouping.msPerFrame),
      input: writeFramesOrder(object, ordered),
    }
  })
  await enqueueFrameJobs(transaction, [
    ...mixing.map((job) => ({ ...common, tenantId: keeper, ...job })),
    ...painting,
  ])
  await startSegments(transaction, started)
}

/** The segments of a plan and its sound, each once, with its frames and those of the timeline that it makes. */
function listWanted(waiter: SegmentWaiter, object: PlanObject) {
  const { plan, pieces } = object
  const wanted = new Map<string, { tenantId: string; key: string; frames: number; onTimeline: number }>()
  const sound = keyOfSound(object)
  const keeper = keeperOfSound(object, waiter.tenantId)
  if (sound !== undefined)
    wanted.set(nameOf({ tenantId: keeper, key: sound }), {
      tenantId: keeper,
      key: sound,
      frames: 0,
      onTimeline: 0,
    })
  for (const { key, piece, from, to } of plan.segments) {
    const { tenantId } = pieces[piece]!
    const name = nameOf({ tenantId, key })
    const frames = to - from
    const onTimeline = (wanted.get(name)?.onTimeline ?? 0) + frames
    wanted.set(name, { tenantId, key, frames, onTimeline })
  }
  return [...wanted.values()]
}

function nameOf({ tenantId, key }: { readonly tenantId: string; readonly key: string }): string {
  return `${tenantId} ${key}`
}
