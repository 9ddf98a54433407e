import { setTimeout } from 'node:timers/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SegmentCache } from '../cache/segment-cache.ts'
import type { PaintOrder, PaintResult } from '../paint/paint-order.ts'
import type { PlannedSegment, RenderPlan, SlotCheck } from '../plan/plan.ts'
import type { WorkerPool } from '../worker/worker-pool.ts'

/** How long to wait before asking again for a segment that another render paints, milliseconds. */
const CLAIM_PATIENCE = 100

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
      const result = await paintSegment(stage, segment)
      refuseUnseen(result.unseen)
      stage.onSegment(segment, 'painted')
      return
    } finally {
      await claim.release()
    }
  }
}

/** Paints one segment into the cache, whatever lies there. */
export function paintSegment(stage: PaintStage, segment: PlannedSegment): Promise<PaintResult> {
  const order = { ...stage.orderFor(segment), output: stage.cache.pathOf(segment.key) }
  return stage.pool.paint(order, (frame) => stage.onFrame(segment, frame))
}

function refuseUnseen(unseen: readonly SlotCheck[]): void {
  const [first] = unseen
  if (first === undefined) return
  const { scene, slot, frame } = first
  throw new FlatRenderError('SLOT_PAINTED_NOTHING', { scene, slot, frame })
}
