import type { Rational } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FrameRange } from './cut-segments.ts'

/** Frames of the wanted seconds; all when none are wanted, and up to the last for an end of Infinity. Errors: RANGE_INVALID. */
export function chooseRange(
  range: readonly [number, number] | undefined,
  frames: number,
  fps: Rational,
): FrameRange {
  if (range === undefined) return { from: 0, to: frames }
  const [start, end] = range
  const from = Math.round((start * fps.num) / fps.den)
  const to = Math.min(frames, Math.round((end * fps.num) / fps.den))
  if (!Number.isFinite(from) || !Number.isFinite(to) || from < 0 || from >= to) {
    const seconds = Number(((frames * fps.den) / fps.num).toFixed(2))
    throw new FlatRenderError('RANGE_INVALID', {
      range: `${start}-${end === Number.POSITIVE_INFINITY ? '' : end}`,
      seconds,
    })
  }
  return { from, to }
}
