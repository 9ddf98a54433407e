import type { Path } from './path.ts'
import { pathValue } from './path.ts'
import { type Animatable, asProperty, type JsonObject, type Property } from './property.ts'

/** A mask in the layer's own coordinates. Opacity in percent. */
export type Mask = {
  path: Path | Property
  mode?: 'add' | 'subtract' | 'intersect'
  opacity?: Animatable
  inverted?: boolean
}

const modes = { add: 'a', subtract: 's', intersect: 'i' } as const

/** An entry of `masksProperties`. */
export function maskProperties(mask: Mask): JsonObject {
  return {
    inv: mask.inverted ?? false,
    mode: modes[mask.mode ?? 'add'],
    pt: 'vertices' in mask.path ? { a: 0, k: pathValue(mask.path) } : mask.path,
    o: asProperty(mask.opacity ?? 100),
    x: asProperty(0),
  }
}
