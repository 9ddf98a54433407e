import { type Animatable, asProperty, type JsonObject, type Property } from './property.ts'

/** Where a layer or group stands. Pixels, percent (scale, opacity), degrees clockwise. */
export type Transform = {
  position?: Animatable | { x: Animatable; y: Animatable }
  anchor?: Animatable
  scale?: Animatable
  rotation?: Animatable
  opacity?: Animatable
}

/** A layer's `ks`. */
export function layerTransform(transform: Transform = {}): JsonObject {
  return {
    o: asProperty(transform.opacity ?? 100),
    r: asProperty(transform.rotation ?? 0),
    p: position(transform.position ?? [0, 0]),
    a: asProperty(transform.anchor ?? [0, 0]),
    s: asProperty(transform.scale ?? [100, 100]),
  }
}

/** A group's `tr`. */
export function groupTransform(transform: Transform = {}): JsonObject {
  return { ty: 'tr', ...layerTransform(transform), sk: asProperty(0), sa: asProperty(0) }
}

function position(value: NonNullable<Transform['position']>): JsonObject {
  if (typeof value === 'object' && 'x' in value)
    return { s: true, x: asProperty(value.x as Animatable), y: asProperty(value.y as Animatable) }
  return asProperty(value as Animatable) satisfies Property
}
