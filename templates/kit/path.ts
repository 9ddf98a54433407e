import type { Box } from './box.ts'
import type { JsonObject } from './property.ts'
import { round } from './round.ts'

type Point = readonly [number, number]

/** A Bézier path: vertices with tangents relative to them, as Lottie keeps it. */
export type Path = {
  vertices: readonly Point[]
  tangentsIn: readonly Point[]
  tangentsOut: readonly Point[]
  closed: boolean
}

/** The share of a radius at which a Bézier handle draws a quarter of a circle. */
const QUARTER = 0.5523

/** Straight lines through points. */
export function polyline(vertices: readonly Point[], closed = false): Path {
  const none = vertices.map((): Point => [0, 0])
  return { vertices, tangentsIn: none, tangentsOut: none, closed }
}

/** A rectangle with round corners. The number of vertices is always eight, so that boxes morph. */
export function roundedBox({ x, y, width, height }: Box, radius: number): Path {
  const r = Math.max(0, Math.min(radius, width / 2, height / 2))
  const [right, bottom] = [x + width, y + height]
  const k = r * QUARTER
  return {
    vertices: [
      [x + r, y],
      [right - r, y],
      [right, y + r],
      [right, bottom - r],
      [right - r, bottom],
      [x + r, bottom],
      [x, bottom - r],
      [x, y + r],
    ],
    tangentsIn: [
      [-k, 0],
      [0, 0],
      [0, -k],
      [0, 0],
      [k, 0],
      [0, 0],
      [0, k],
      [0, 0],
    ],
    tangentsOut: [
      [0, 0],
      [k, 0],
      [0, 0],
      [0, k],
      [0, 0],
      [-k, 0],
      [0, 0],
      [0, -k],
    ],
    closed: true,
  }
}

/** An ellipse as four vertices. */
export function oval([cx, cy]: Point, rx: number, ry = rx): Path {
  const [kx, ky] = [rx * QUARTER, ry * QUARTER]
  return {
    vertices: [
      [cx, cy - ry],
      [cx + rx, cy],
      [cx, cy + ry],
      [cx - rx, cy],
    ],
    tangentsIn: [
      [-kx, 0],
      [0, -ky],
      [kx, 0],
      [0, ky],
    ],
    tangentsOut: [
      [kx, 0],
      [0, ky],
      [-kx, 0],
      [0, -ky],
    ],
    closed: true,
  }
}

/** The value of a path property at one moment. */
export function pathValue(path: Path): JsonObject {
  const points = (list: readonly Point[]) => list.map(([x, y]) => [round(x), round(y)])
  return {
    c: path.closed,
    v: points(path.vertices),
    i: points(path.tangentsIn),
    o: points(path.tangentsOut),
  }
}
