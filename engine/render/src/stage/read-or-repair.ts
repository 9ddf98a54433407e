import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Segment } from '../cache/segment-file.ts'
import type { PlannedSegment } from '../plan/plan.ts'
import { findFault } from '../verify/find-fault.ts'
import { type PaintStage, paintSegment } from './paint-segments.ts'

/**
 * Reads a segment from the cache and looks whether it is sound; one that isn't is painted again (frame repair), to the
 * same key and the same bits. Errors: SEGMENT_UNVERIFIED when the second is no better.
 */
export async function readOrRepair(
  stage: PaintStage,
  segment: PlannedSegment,
  onRepair: (segment: PlannedSegment) => void,
): Promise<Segment> {
  const first = await stage.cache.read(segment.key)
  if (first !== undefined && findFault(first, segment) === undefined) return first
  await stage.cache.remove(segment.key)
  await paintSegment(stage, segment)
  onRepair(segment)
  const second = await stage.cache.read(segment.key)
  const fault = second === undefined ? 'it cannot be read back' : findFault(second, segment)
  if (second !== undefined && fault === undefined) return second
  const frames = `${segment.start}–${segment.start + segment.to - segment.from - 1}`
  const piece = stage.plan.pieces[segment.piece]!.name
  throw new FlatRenderError('SEGMENT_UNVERIFIED', { frames, piece, reason: fault ?? 'unknown' })
}
