import { setTimeout } from 'node:timers/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SegmentCache } from '../cache/segment-cache.ts'
import type { PaintOrder } from '../paint/paint-order.ts'
import type { PlannedSegment, RenderPlan } from '../plan/plan.ts'
import type { PictureFault } from '../verify/verify-pictures.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'

/** How long to wait before asking again for a segment that another render paints, milliseconds. */
const CLAIM_PATIENCE = 100

/** Everything that painting a plan needs, and who wants to hear of it. */
export interface PaintStage {
  readonly plan: RenderPlan
  readonly cache: SegmentCache
  readonly pool: WorkerPool
  /** How many segments are in hand at once: the pool's workers, and one that waits. */
  readonly parallel: number
  /** Makes the order for a segment, without where it goes. */
  readonly orderFor: (segment: PlannedSegment) => Omit<PaintOrder, 'output'>
  readonly signal: AbortSignal
  readonly onFrame: (segment: PlannedSegment, frame: number) => void
  /** Largest resident size of a worker while it painted a segment, bytes. */
  readonly onMemory: (bytes: number) => void
  readonly onRepair: (segment: PlannedSegment) => void
  readonly onSegment: (segment: PlannedSegment, how: 'painted' | 'cached') => void
}

/**
 * Has every missing segment painted, the longest pieces' first as they come. A segment that another process paints
 * is waited for. Errors: those of painting; RENDER_CANCELLED; SLOT_PAINTED_NOTHING.
 */
export async function paintSegments(stage: PaintStage): Promise<void> {
  const queue = [...distinct(stage.plan.segments)]
  const failed = new AbortController()
  const work = async (): Promise<void> => {
    for (let segment = queue.shift(); segment !== undefined; segment = queue.shift()) {
      if (failed.signal.aborted || stage.signal.aborted) return
      await obtain(stage, segment)
    }
  }
  const hands = Array.from({ length: stage.parallel }, () =>
    work().catch((error: unknown) => {
      failed.abort()
      throw error
    }),
  )
  const results = await Promise.allSettled(hands)
  if (stage.signal.aborted) throw new FlatRenderError('RENDER_CANCELLED')
  const broken = results.find((result) => result.status === 'rejected')
  if (broken !== undefined) throw broken.reason
}

/** A plan may use the same segment twice: a scene that is repeated. */
function distinct(segments: readonly PlannedSegment[]): Iterable<PlannedSegment> {
  return new Map([...segments].reverse().map((segment) => [segment.key, segment]))
    .values()
    .toArray()
    .reverse()
}

async function obtain(stage: PaintStage, segment: PlannedSegment): Promise<void> {
  const { cache, signal } = stage
  for (;;) {
    if (signal.aborted) return
    if (await cache.has(segment.key)) return stage.onSegment(segment, 'cached')
    const claim = await cache.claim(segment.key)
    if (claim === undefined) {
      await setTimeout(CLAIM_PATIENCE)
      continue
    }
    try {
      // It may have come between the look and the claim.
      if (await cache.has(segment.key)) return stage.onSegment(segment, 'cached')
      await paintSegment(stage, segment)
      stage.onSegment(segment, 'painted')
      return
    } finally {
      await claim.release()
    }
  }
}

/**
 * Paints one segment into the cache, whatever lies there. Frames that come out wrong are painted once more (frame
 * repair): same key, same bits. Errors: SEGMENT_UNVERIFIED, SLOT_PAINTED_NOTHING, and those of painting.
 */
export async function paintSegment(stage: PaintStage, segment: PlannedSegment): Promise<void> {
  const order = { ...stage.orderFor(segment), output: stage.cache.pathOf(segment.key) }
  const paint = async () => {
    const painted = await stage.pool.paint(order, (frame) => stage.onFrame(segment, frame))
    stage.onMemory(painted.peakRss)
    return painted
  }
  let result = await paint()
  if (result.fault !== undefined) {
    stage.onRepair(segment)
    result = await paint()
  }
  if (result.fault !== undefined) throw unverified(stage.plan, segment, result.fault)
  const [unseen] = result.unseen
  if (unseen !== undefined) {
    const { scene, slot, frame } = unseen
    throw new FlatRenderError('SLOT_PAINTED_NOTHING', { scene, slot, frame })
  }
}

/** The failure of a segment, with its frames counted on the timeline. */
export function unverified(plan: RenderPlan, segment: PlannedSegment, fault: PictureFault): FlatRenderError {
  const frames = fault.frames.map((frame) => String(segment.start + frame))
  const piece = plan.pieces[segment.piece]!.name
  return new FlatRenderError('SEGMENT_UNVERIFIED', { frames, piece, reason: fault.reason })
}
