import { setTimeout } from 'node:timers/promises'
import type { PlannedSegment, RenderPlan } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Claim } from '../cache/claim-file.ts'
import type { SegmentCache } from '../cache/segment-cache.ts'
import type { PaintOrder } from '../paint/paint-order.ts'
import { isVerifiable } from '../verify/known-pictures.ts'
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
 * Has every missing segment painted, in the order of the timeline. A segment that another render paints is put off
 * until the others are done, then waited for. Errors: those of painting; RENDER_CANCELLED; SLOT_PAINTED_NOTHING.
 */
export async function paintSegments(stage: PaintStage): Promise<void> {
  const queue = [...distinct(stage.plan.segments)]
  const inTurn = takeTurns()
  let failed = false
  /** Segments in a row that others were painting. */
  let refused = 0
  const work = async (): Promise<void> => {
    while (!failed && !stage.signal.aborted) {
      // One hand at a time looks, so that the pool hears of segments in their order: neighbours are often as heavy.
      const segment = queue.shift()
      if (segment === undefined) return
      const standing = await inTurn(() => look(stage, segment))
      if (standing === 'elsewhere') {
        queue.push(segment)
        if (++refused >= queue.length) await setTimeout(CLAIM_PATIENCE)
        continue
      }
      refused = 0
      if (standing === 'cached') stage.onSegment(segment, 'cached')
      else await paintClaimed(stage, segment, standing)
    }
  }
  const hands = Array.from({ length: stage.parallel }, () =>
    work().catch((error: unknown) => {
      failed = true
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

/** Calls one after another, in the order they come. */
function takeTurns(): <T>(call: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (call) => {
    const result = last.then(call)
    last = result.catch(() => {})
    return result
  }
}

/** Is a segment in the cache, so that it can be verified as the order wants? Else it is ours to paint, or another's. */
async function look(stage: PaintStage, segment: PlannedSegment): Promise<'cached' | 'elsewhere' | Claim> {
  const { cache } = stage
  const { verify } = stage.orderFor(segment)
  const isKept = async (): Promise<boolean> => {
    if (!(await cache.has(segment.key))) return false
    if (verify === 'key') return true
    const kept = await cache.read(segment.key)
    return kept !== undefined && isVerifiable(kept.manifest, verify)
  }
  if (await isKept()) return 'cached'
  const claim = await cache.claim(segment.key)
  if (claim === undefined) return 'elsewhere'
  // It may have come between the look and the claim.
  if (!(await isKept())) return claim
  await claim.release()
  return 'cached'
}

async function paintClaimed(stage: PaintStage, segment: PlannedSegment, claim: Claim): Promise<void> {
  try {
    await paintSegment(stage, segment)
    stage.onSegment(segment, 'painted')
  } finally {
    await claim.release()
  }
}

/**
 * Paints one segment into the cache, whatever lies there. Frames that come out wrong are painted once more (frame
 * repair): same key, same bits. Errors: SEGMENT_UNVERIFIED, SLOT_PAINTED_NOTHING, and those of painting.
 */
export async function paintSegment(stage: PaintStage, segment: PlannedSegment): Promise<void> {
  const output = stage.cache.pathOf(segment.key)
  const order = { kind: 'paint', ...stage.orderFor(segment), output } as const
  const onFrame = (frame: number) => stage.onFrame(segment, frame)
  const paint = async () => {
    const painted = await stage.pool.run(order, { onFrame })
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
    const { scene, slot } = unseen
    const frame = segment.start + unseen.frame - segment.from
    throw new FlatRenderError('SLOT_PAINTED_NOTHING', { scene, slot, frame })
  }
}

/** The failure of a segment, with its frames counted on the timeline. */
export function unverified(plan: RenderPlan, segment: PlannedSegment, fault: PictureFault): FlatRenderError {
  const frames = fault.frames.map((frame) => String(segment.start + frame))
  const piece = plan.pieces[segment.piece]!.name
  return new FlatRenderError('SEGMENT_UNVERIFIED', { frames, piece, reason: fault.reason })
}
