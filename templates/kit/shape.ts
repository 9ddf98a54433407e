import type { Box } from './box.ts'
import { centerOf } from './box.ts'
import type { Path } from './path.ts'
import { stillPath } from './path-keyframes.ts'
import { type Animatable, asProperty, type JsonObject, type Property } from './property.ts'
import { groupTransform, type Transform } from './transform.ts'

/** One item of a shape layer's `shapes`. */
export type Shape = JsonObject

/** A rectangle with round corners, centred on its own position. */
export function rectangle(box: Box, radius: Animatable = 0): Shape {
  return {
    ty: 'rc',
    d: 1,
    p: asProperty(centerOf(box)),
    s: asProperty([box.width, box.height]),
    r: asProperty(radius),
  }
}

/** An ellipse; `size` is its width and height. */
export function ellipse(center: Animatable, size: Animatable): Shape {
  return { ty: 'el', d: 1, p: asProperty(center), s: asProperty(size) }
}

/** A Bézier path, still or animated. */
export function pathShape(path: Path | Property): Shape {
  return { ty: 'sh', ind: 0, ks: 'vertices' in path ? stillPath(path) : path }
}

/** A star of `points` points; the radii are outer and inner, in pixels. */
export function star(center: Animatable, points: number, outer: Animatable, inner: Animatable): Shape {
  return {
    ty: 'sr',
    sy: 1,
    d: 1,
    pt: asProperty(points),
    p: asProperty(center),
    r: asProperty(0),
    ir: asProperty(inner),
    is: asProperty(0),
    or: asProperty(outer),
    os: asProperty(0),
  }
}

/** Shapes with a transform of their own; the first is in front, as in After Effects. */
export function group(name: string, items: readonly Shape[], transform: Transform = {}): Shape {
  return { ty: 'gr', nm: name, it: [...items, groupTransform(transform)] }
}
