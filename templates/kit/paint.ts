import type { Palette, Rgb } from './palette.ts'
import { type Animatable, asProperty, type Property } from './property.ts'
import { round } from './round.ts'
import type { Shape } from './shape.ts'

/** A flat fill. Opacity in percent. */
export function fill(color: Property, opacity: Animatable = 100): Shape {
  return { ty: 'fl', c: color, o: asProperty(opacity), r: 1 }
}

/** How a line is drawn; opacity in percent. */
export type StrokeOptions = {
  opacity?: Animatable
  cap?: 'butt' | 'round'
  /** Dash and gap in pixels. */
  dash?: readonly [number, number]
}

/** A line along the path; width in pixels. */
export function stroke(color: Property, width: Animatable, options: StrokeOptions = {}): Shape {
  const shape: Record<string, Shape[string]> = {
    ty: 'st',
    c: color,
    o: asProperty(options.opacity ?? 100),
    w: asProperty(width),
    lc: options.cap === 'butt' ? 1 : 2,
    lj: 2,
  }
  if (options.dash)
    shape.d = [
      { n: 'd', nm: 'dash', v: asProperty(options.dash[0]) },
      { n: 'g', nm: 'gap', v: asProperty(options.dash[1]) },
    ]
  return shape
}

/** A stop of a gradient: where (0…1), colour, opacity 0…1. */
export type Stop = { at: number; color: Rgb; opacity?: number }

/** A gradient fill between two points. Its colours can't follow the palette: use it for black and white veils. */
export function gradientFill(
  kind: 'linear' | 'radial',
  start: Animatable,
  end: Animatable,
  stops: readonly Stop[],
): Shape {
  const colors = stops.flatMap(({ at, color }) => [at, ...color])
  const alphas = stops.flatMap(({ at, opacity }) => [at, opacity ?? 1])
  return {
    ty: 'gf',
    o: asProperty(100),
    r: 1,
    t: kind === 'linear' ? 1 : 2,
    s: asProperty(start),
    e: asProperty(end),
    g: { p: stops.length, k: { a: 0, k: [...colors, ...alphas].map((part) => round(part, 4)) } },
  }
}

/**
 * A radial gradient from a middle to a rim, evenly over palette roles. One `sid` names all of them, in the
 * order of the stops.
 */
export function paletteGradient<Role extends string>(
  palette: Palette<Role>,
  roles: readonly Role[],
  middle: Animatable,
  rim: Animatable,
): Shape {
  const stops = roles.flatMap((role, index) => [round(index / (roles.length - 1)), ...palette.default(role)])
  const sid = roles.map((role) => `palette.${role}`).join(',')
  return {
    ty: 'gf',
    o: asProperty(100),
    r: 1,
    t: 2,
    s: asProperty(middle),
    e: asProperty(rim),
    g: { p: roles.length, k: { a: 0, k: stops, sid } },
  }
}

/** Shows a part of the lines before it in the group: from `start` to `end`, percent. */
export function trim(start: Animatable, end: Animatable, offset: Animatable = 0): Shape {
  return { ty: 'tm', s: asProperty(start), e: asProperty(end), o: asProperty(offset), m: 1 }
}
