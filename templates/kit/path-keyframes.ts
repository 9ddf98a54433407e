import { type Easing, easing } from './easing.ts'
import { type Path, pathValue } from './path.ts'
import type { Property } from './property.ts'
import { round } from './round.ts'

/** A path's shape at a frame, and how it gets to the next. */
export type PathKey = { at: number; path: Path; ease?: Easing }

/** A path that stands still. */
export function stillPath(path: Path): Property {
  return { a: 0, k: pathValue(path) }
}

/** A path that changes shape; every key has the same number of vertices. */
export function animatePath(keys: readonly PathKey[]): Property {
  return {
    a: 1,
    k: keys.map((key, index) => {
      const frame = { t: round(key.at), s: [pathValue(key.path)] }
      const next = keys[index + 1]
      if (next === undefined) return frame
      const [x1, y1, x2, y2] = next.ease ?? easing.standard
      return { ...frame, o: { x: round(x1), y: round(y1) }, i: { x: round(x2), y: round(y2) } }
    }),
  }
}
