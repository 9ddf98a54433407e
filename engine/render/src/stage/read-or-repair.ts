import type { PlannedSegment } from '@flatrender/contracts/engine'
import type { Segment } from '../cache/segment-file.ts'
import { findFault } from '../verify/find-fault.ts'
import { isVerifiable, unpackThumbprints } from '../verify/known-pictures.ts'
import { type PictureFault, verifyPictures } from '../verify/verify-pictures.ts'
import { type PaintStage, paintSegment, unverified } from './paint-segments.ts'

/**
 * Reads a segment from the cache and looks whether it is sound, packet by packet, and for `full` picture by picture; one
 * that isn't, or of which that can't be told, is painted again. Errors: SEGMENT_UNVERIFIED when the second is no better.
 */
export async function readOrRepair(
  stage: PaintStage,
  segment: PlannedSegment,
  verify: 'key' | 'full',
): Promise<Segment> {
  const first = await read(stage, segment, verify)
  if (first.segment !== undefined) return first.segment
  await stage.cache.remove(segment.key)
  await paintSegment(stage, segment)
  stage.onRepair(segment)
  const second = await read(stage, segment, verify)
  if (second.segment !== undefined) return second.segment
  throw unverified(stage.plan, segment, second.fault)
}

type Reading = { segment: Segment; fault?: never } | { segment?: never; fault: PictureFault }

async function read({ cache }: PaintStage, wanted: PlannedSegment, verify: 'key' | 'full'): Promise<Reading> {
  const all = Array.from({ length: wanted.to - wanted.from }, (_, frame) => frame)
  const segment = await cache.read(wanted.key)
  if (segment === undefined) return { fault: { frames: all, reason: 'they cannot be read back' } }
  const packets = findFault(segment, wanted)
  if (packets !== undefined) return { fault: { frames: all, reason: packets } }
  if (verify === 'key') return { segment }
  if (!isVerifiable(segment.manifest, verify))
    return { fault: { frames: all, reason: 'it is not known how they were painted' } }
  const painted = unpackThumbprints(segment.manifest)
  const fault = verifyPictures(segment.stream, painted, 'full')
  return fault === undefined ? { segment } : { fault }
}
