import type { Keyframe, Property } from '../../lottie/lottie-json.ts'
import { round } from './round.ts'

/**
 * A property out of its value at every frame, one array of samples per dimension: keyframes that a straight line
 * between their neighbours gives within `tolerance` are left out (Ramer–Douglas–Peucker), and what doesn't change is
 * held. A constant needs no keyframes.
 */
export function thinKeyframes(
  dimensions: readonly Float64Array[],
  first: number,
  tolerance: number,
): Property {
  const count = dimensions[0]?.length ?? 0
  const valueAt = (frame: number): number[] => dimensions.map((samples) => round(samples[frame] ?? 0))
  if (dimensions.every((samples) => isConstant(samples, tolerance))) {
    const value = valueAt(0)
    return { a: 0, k: value.length === 1 ? (value[0] as number) : value }
  }
  const kept = new Set([0, count - 1])
  keep(dimensions, 0, count - 1, tolerance, kept)
  const frames = [...kept].sort((a, b) => a - b)
  const values = frames.map(valueAt)
  const keyframes = frames.map((frame, index): Keyframe => {
    const value = values[index] as number[]
    const next = values[index + 1] ?? value
    const held = value.every((number, axis) => number === next[axis])
    return { t: first + frame, s: value, ...(held ? { h: 1 } : {}) }
  })
  return { a: 1, k: withoutRepeats(keyframes) }
}

function isConstant(samples: Float64Array, tolerance: number): boolean {
  const start = samples[0] ?? 0
  return samples.every((sample) => Math.abs(sample - start) <= tolerance)
}

function keep(
  dimensions: readonly Float64Array[],
  from: number,
  to: number,
  tolerance: number,
  kept: Set<number>,
): void {
  let worst = tolerance
  let at = -1
  for (const samples of dimensions) {
    const start = samples[from] as number
    const slope = ((samples[to] as number) - start) / (to - from)
    for (let frame = from + 1; frame < to; frame++) {
      const error = Math.abs((samples[frame] as number) - start - slope * (frame - from))
      if (error > worst) {
        worst = error
        at = frame
      }
    }
  }
  if (at < 0) return
  kept.add(at)
  keep(dimensions, from, at, tolerance, kept)
  keep(dimensions, at, to, tolerance, kept)
}

/** A held keyframe says all until the next other value; equal ones after it say nothing. */
function withoutRepeats(keyframes: readonly Keyframe[]): Keyframe[] {
  return keyframes.filter((keyframe, index) => {
    const before = keyframes[index - 1]
    const redundant = before?.h === 1 && keyframe.h === 1
    return !redundant
  })
}
