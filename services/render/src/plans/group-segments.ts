import type { PlannedSegment } from '@flatrender/contracts/engine'

/** Learned work of one frame job, at most, in milliseconds. */
const MOST_WORK = 8000

/** How frame jobs are cut. */
export interface Grouping {
  /** Learned milliseconds of one worker. */
  readonly msPerFrame: number
  /** Workers that have nothing to do: each should get something. */
  readonly idleWorkers: number
}

/**
 * Puts missing segments, in the plan's order, into frame jobs: consecutive ones of one piece, at most eight seconds of work,
 * and less where workers would stand idle. A segment is never parted.
 */
export function groupSegments<Segment extends PlannedSegment>(
  missing: readonly Segment[],
  { msPerFrame, idleWorkers }: Grouping,
): Segment[][] {
  const work = ({ from, to }: Segment) => (to - from) * msPerFrame
  const all = missing.reduce((sum, segment) => sum + work(segment), 0)
  const limit = Math.min(MOST_WORK, idleWorkers > 0 ? all / idleWorkers : MOST_WORK)
  const groups: Segment[][] = []
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
  return groups
}
