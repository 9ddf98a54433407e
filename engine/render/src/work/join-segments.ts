import { readFile } from 'node:fs/promises'
import type { PlannedSegment, RenderPlan } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { readSegment, type Segment } from '../cache/segment-file.ts'
import { assemble } from '../stage/assemble.ts'
import { findFault } from '../verify/find-fault.ts'
import type { AssembleOrder, Sign, WorkResult } from './work.ts'

/**
 * Joins segments that lie on disk with their sound, into one file. Nobody paints here: a segment that isn't sound ends
 * it. Errors: SEGMENT_UNVERIFIED, and those of writing.
 */
export async function joinSegments(order: AssembleOrder, sign: Sign): Promise<WorkResult<'assemble'>> {
  const { plan, segments, output } = order
  const sound = order.sound === null ? undefined : readSegment(await readFile(order.sound))?.stream
  if (order.sound !== null && sound === undefined) throw new Error('the sound cannot be read back')
  const read = async (wanted: PlannedSegment): Promise<Segment> => {
    sign(wanted.start, process.memoryUsage.rss())
    const segment = readSegment(await readFile(segments[wanted.key]!))
    const fault = segment === undefined ? 'they cannot be read back' : findFault(segment, wanted)
    if (segment === undefined || fault !== undefined) throw unsound(plan, wanted, fault ?? '')
    return segment
  }
  const { signal } = new AbortController()
  await assemble({ plan, read, sound, output, metadata: {}, signal })
  return { frames: plan.frames }
}

function unsound(plan: RenderPlan, segment: PlannedSegment, reason: string): FlatRenderError {
  const { start, from, to, piece, key } = segment
  const frames = [`${start}–${start + to - from - 1}`]
  return new FlatRenderError('SEGMENT_UNVERIFIED', { frames, piece: plan.pieces[piece]!.name, reason, key })
}
