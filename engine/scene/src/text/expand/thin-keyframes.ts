import type { Keyframe, Property } from '../../lottie/lottie-json.ts'
import { round } from './round.ts'

/**
 * A property out of its value at every frame: keyframes that a straight line between their neighbours gives within
 * `tolerance` are left out (Ramer–Douglas–Peucker), and what doesn't change is held. A constant needs no keyframes.
 */
export function thinKeyframes(
  samples: readonly (readonly number[])[],
  first: number,
  tolerance: number,
): Property {
  const values = samples.map((sample) => sample.map(round))
  const start = values[0] ?? [0]
  if (values.every((value) => distance(value, start) <= tolerance)) return { a: 0, k: scalarOrVector(start) }
  const kept = new Set([0, values.length - 1])
  keep(values, 0, values.length - 1, tolerance, kept)
  const frames = [...kept].sort((a, b) => a - b)
  const keyframes = frames.map((frame, index): Keyframe => {
    const value = values[frame] as number[]
    const next = values[frames[index + 1] ?? frame] as number[]
    const held = distance(value, next) === 0
    return { t: first + frame, s: value, ...(held ? { h: 1 } : {}) }
  })
  return { a: 1, k: withoutRepeats(keyframes) }
}

function keep(
  values: readonly number[][],
  from: number,
  to: number,
  tolerance: number,
  kept: Set<number>,
): void {
  const a = values[from] as number[]
  const b = values[to] as number[]
  let worst = tolerance
  let at = -1
  for (let frame = from + 1; frame < to; frame++) {
    const share = (frame - from) / (to - from)
    const line = a.map((value, axis) => value + ((b[axis] as number) - value) * share)
    const error = distance(values[frame] as number[], line)
    if (error > worst) {
      worst = error
      at = frame
    }
  }
  if (at < 0) return
  kept.add(at)
  keep(values, from, at, tolerance, kept)
  keep(values, at, to, tolerance, kept)
}

/** A held keyframe says all until the next other value; equal ones after it say nothing. */
function withoutRepeats(keyframes: readonly Keyframe[]): Keyframe[] {
  return keyframes.filter((keyframe, index) => {
    const before = keyframes[index - 1]
    const redundant = before?.h === 1 && keyframe.h === 1
    return !redundant
  })
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((most, value, axis) => Math.max(most, Math.abs(value - (b[axis] ?? value))), 0)
}

function scalarOrVector(value: readonly number[]): number | number[] {
  return value.length === 1 ? (value[0] as number) : [...value]
}
