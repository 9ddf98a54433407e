import { type Easing, evaluateEasing } from './easing.ts'
import type { JsonObject, Property } from './property.ts'

type Handle = { x: number; y: number }
type Frame = { t: number; s: readonly number[]; h?: number; o?: Handle; i?: Handle }

/** The value of a numeric property at a frame, as a player would find it; a path's property gives no numbers. */
export function sampleProperty(property: Property, frame: number): number[] {
  if (property.a === 0) return typeof property.k === 'number' ? [property.k] : numbers(property.k)
  const frames = property.k as unknown as readonly Frame[]
  const [first, last] = [frames[0]!, frames.at(-1)!]
  if (frame <= first.t) return numbers(first.s)
  if (frame >= last.t) return numbers(last.s)
  const index = frames.findIndex((key, at) => frame >= key.t && frame < frames[at + 1]!.t)
  const [from, to] = [frames[index]!, frames[index + 1]!]
  if (from.h === 1) return numbers(from.s)
  const share = evaluateEasing(easingOf(from), (frame - from.t) / (to.t - from.t))
  return from.s.map((value, part) => value + (to.s[part]! - value) * share)
}

/** The curve that leaves a keyframe. */
export function easingOf({ o, i }: Pick<Frame, 'o' | 'i'>): Easing {
  return [o?.x ?? 0, o?.y ?? 0, i?.x ?? 1, i?.y ?? 1]
}

/** Calls `visit` for every property of an animation that holds keyframes of numbers. */
export function visitAnimated(
  json: unknown,
  visit: (property: Property, path: string) => void,
  path = '',
): void {
  if (typeof json !== 'object' || json === null) return
  const { a, k } = json as JsonObject
  if (a === 1 && Array.isArray(k)) {
    if (typeof k[0]?.s?.[0] === 'number') visit(json as unknown as Property, path)
    return
  }
  for (const [key, part] of Object.entries(json)) {
    const name = (part as { nm?: unknown } | null)?.nm
    visitAnimated(part, visit, `${path}/${typeof name === 'string' ? name : key}`)
  }
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((part) => typeof part === 'number') : []
}
