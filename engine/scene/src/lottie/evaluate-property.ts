import { solveCubicBezier } from './cubic-bezier.ts'
import type { EaseHandle, Keyframe, Property, SplitPosition } from './lottie-json.ts'
import { pointOnSpatialCurve } from './spatial-curve.ts'

/** The property's value at a frame of its layer's composition, as a vector; a scalar is a vector of one. */
export function evaluateProperty(
  property: Property | SplitPosition | undefined,
  frame: number,
  fallback: readonly number[],
): number[] {
  if (property === undefined) return [...fallback]
  if ('s' in property && property.s === true) return evaluateSplit(property, frame, fallback)
  const plain = property as Property
  if (!isAnimated(plain)) return vector(plain.k as number | number[])
  return evaluateKeyframes(plain.k as Keyframe[], frame, fallback)
}

/** Shorthand for a scalar. */
export function evaluateScalar(property: Property | undefined, frame: number, fallback: number): number {
  return evaluateProperty(property, frame, [fallback])[0] ?? fallback
}

/** Does it hold keyframes? Bodymovin before 5 left `a` out, so the content decides. */
export function isAnimated(property: Property): boolean {
  return Array.isArray(property.k) && typeof property.k[0] === 'object' && property.k[0] !== null
}

function evaluateSplit(position: SplitPosition, frame: number, fallback: readonly number[]): number[] {
  const x = evaluateScalar(position.x, frame, fallback[0] ?? 0)
  const y = evaluateScalar(position.y, frame, fallback[1] ?? 0)
  return position.z === undefined ? [x, y] : [x, y, evaluateScalar(position.z, frame, fallback[2] ?? 0)]
}

function evaluateKeyframes(
  keyframes: readonly Keyframe[],
  frame: number,
  fallback: readonly number[],
): number[] {
  const first = keyframes[0]
  if (first === undefined) return [...fallback]
  if (frame <= first.t) return vector(first.s ?? fallback)
  for (let index = keyframes.length - 1; index >= 0; index--) {
    const from = keyframes[index]
    if (from === undefined || from.t > frame) continue
    const to = keyframes[index + 1]
    if (to === undefined) return vector(from.s ?? keyframes[index - 1]?.e ?? fallback)
    return between(from, to, frame)
  }
  return vector(first.s ?? fallback)
}

function between(from: Keyframe, to: Keyframe, frame: number): number[] {
  const start = vector(from.s ?? [0])
  const end = vector(from.e ?? to.s ?? start)
  if (from.h === 1 || to.t <= from.t) return start
  const eased = ease(from.o, from.i, (frame - from.t) / (to.t - from.t))
  if (from.to !== undefined && from.ti !== undefined && start.length >= 2) {
    const point = pointOnSpatialCurve(start, end, from.to, from.ti, eased)
    if (point !== undefined) return point
  }
  return start.map((value, dimension) => value + ((end[dimension] ?? value) - value) * eased)
}

/** Of handles that differ between dimensions Skia's player takes the first for all. */
function ease(out: EaseHandle | undefined, into: EaseHandle | undefined, progress: number): number {
  if (out === undefined || into === undefined) return progress
  return solveCubicBezier(
    component(out.x, 0),
    component(out.y, 0),
    component(into.x, 1),
    component(into.y, 1),
    progress,
  )
}

function component(value: number | number[], fallback: number): number {
  return typeof value === 'number' ? value : (value[0] ?? fallback)
}

function vector(value: number | readonly number[]): number[] {
  return typeof value === 'number' ? [value] : [...value]
}
