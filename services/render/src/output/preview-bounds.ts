import { FlatRenderError } from '@flatrender/contracts/errors'
import type { ChosenOutput, Lane } from '@flatrender/contracts/render'
import { classOfSize, type Size } from './class-of-size.ts'

/** What the lane before all others takes: a look at a part, which keeps a node for a second or two. */
const SECONDS = 10
/** Of the short side, as `classOfSize` counts it. */
const PIXELS = 360

/** The largest size class that a lane takes. */
export function largestOf(lane: Lane): number {
  return lane === 'preview' ? PIXELS : Number.POSITIVE_INFINITY
}

/** Holds a video's size to its lane. Errors: PREVIEW_TOO_LARGE. */
export function assertSizeOfLane(lane: Lane, size: Size): void {
  if (classOfSize(size) <= largestOf(lane)) return
  throw new FlatRenderError('PREVIEW_TOO_LARGE', {
    what: 'a short side, in 16:9,',
    limit: `${PIXELS} pixels`,
    wanted: `${size.width}×${size.height}`,
  })
}

/** Holds a video's length to its lane; of a range that is asked for no more is shown. Errors: PREVIEW_TOO_LARGE. */
export function assertLengthOfLane(
  lane: Lane,
  { fps, range }: Pick<ChosenOutput, 'fps' | 'range'>,
  frames: number,
): void {
  const whole = (frames * fps.den) / fps.num
  const seconds = range === null ? whole : Math.min(whole, range[1] - range[0])
  if (lane !== 'preview' || seconds <= SECONDS) return
  throw new FlatRenderError('PREVIEW_TOO_LARGE', {
    what: 'a length',
    limit: `${SECONDS} s`,
    wanted: `${Math.round(seconds * 100) / 100} s`,
  })
}
