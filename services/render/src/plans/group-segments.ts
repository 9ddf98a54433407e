import type { PlannedSegment } from '@flatrender/contracts/engine'

/** Learned work of one frame job, at most, in milliseconds. */
const MOST_WORK = 8000
/** Jobs that each worker gets at least which has nothing to do: then all of them end at about the same time. */
const FOR_EACH = 4

/** How frame jobs are cut. */
export interface Grouping {
  /** Learned milliseconds of one worker. */
  readonly msPerFrame: number
  /** Workers that have nothing to do: each should get something, and end with the others. */
  readonly idleWorkers: number
}

/**
 * Puts missing segments, in the plan's order, into frame jobs: consecutive ones of one piece, at most eight seconds of work,
 * and less where workers would stand idle. A segment is never parted. The longest jobs come first, so that what is left for
 * the end is short.
 */
export function groupSegments<Segment extends PlannedSegment>(
  missing: readonly Segment[],
  { msPerFrame, idleWorkers }: Grouping,
): Segment[][] {
  const work = ({ from, to }: Segment) => (to - from) * msPerFrame
  const all = missing.reduce((sum, segment) => sum + work(segment), 0)
  const limit = Math.min(MOST_WORK, idleWorkers > 0 ? all / (idleWorkers * FOR_EACH) : MOST_WORK)
  const groups: Segment[][] = []
  const frames = (group: readonly Segment[]) => group.reduce((sum, { from, to }) => sum + to - from, 0)
  let load = 0
  for (const segment of missing) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    const follows = last !== undefined && last.piece === segment.piece && last.to === segment.from
    if (follows && load + work(segment) <= limit) {
      group!.push(segment)
      load += work(segment)
    } else {
      groups.push([segment])
      load = work(segment)
    }
  }
  return groups.toSorted((a, b) => frames(b) - frames(a))
}
