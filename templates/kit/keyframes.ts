import { type Easing, easing } from './easing.ts'
import type { Json, Property } from './property.ts'
import { round, roundValue, type Value } from './round.ts'

/** A value at a frame. `ease` is the curve from the key before to this one; `hold` jumps to it instead. */
export type Key = {
  at: number
  value: Value
  ease?: Easing
  hold?: boolean
  /** Spatial tangents in pixels: into this key's point, and out of it. They bend the path of a position. */
  tangentIn?: readonly number[]
  tangentOut?: readonly number[]
}

/**
 * An animated property from keys in the order of time (frames). A curve that isn't named is `standard`:
 * linear has to be asked for.
 */
export function animate(keys: readonly Key[]): Property {
  const first = keys[0]
  if (first === undefined) throw new RangeError('an animated property needs a key')
  for (const [index, key] of keys.entries()) {
    const before = keys[index - 1]
    if (before !== undefined && key.at <= before.at)
      throw new RangeError(`key at frame ${key.at} is not after the key at frame ${before.at}`)
  }
  if (keys.length === 1) return { a: 0, k: roundValue(first.value) }
  return { a: 1, k: keys.map((key, index) => keyframe(key, keys[index + 1])) }
}

function keyframe(key: Key, next: Key | undefined): Json {
  const value = roundValue(key.value)
  const frame: Record<string, Json> = { t: round(key.at), s: typeof value === 'number' ? [value] : value }
  if (next === undefined) return frame
  if (next.hold) return { ...frame, h: 1 }
  const [x1, y1, x2, y2] = next.ease ?? easing.standard
  frame.o = { x: round(x1), y: round(y1) }
  frame.i = { x: round(x2), y: round(y2) }
  if (key.tangentOut !== undefined || next.tangentIn !== undefined) {
    frame.to = roundValue(key.tangentOut ?? [0, 0])
    frame.ti = roundValue(next.tangentIn ?? [0, 0])
  }
  return frame
}

/** From one value to another between two frames. */
export function tween(from: number, to: number, start: Value, end: Value, ease?: Easing): Property {
  return animate([
    { at: from, value: start },
    { at: to, value: end, ...(ease ? { ease } : {}) },
  ])
}
