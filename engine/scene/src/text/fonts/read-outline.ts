import type { SvgPathCommand } from 'harfbuzzjs'
import type { GlyphOutline, OutlineVertex } from './font.ts'

type Vertex = { -readonly [Key in keyof OutlineVertex]: OutlineVertex[Key] }

/**
 * HarfBuzz's drawing commands as closed contours of cubic curves, in em. Quadratic curves are raised exactly.
 * Contours are turned so that the glyph's ink runs counter-clockwise: TrueType and CFF wind against each other, and
 * glyphs of both that overlap in one path would punch holes.
 */
export function readOutline(commands: readonly SvgPathCommand[], unitsPerEm: number): GlyphOutline {
  const contours: Vertex[][] = []
  let contour: Vertex[] = []
  for (const { type, values } of commands) {
    const v = values.map((value) => value / unitsPerEm)
    if (type === 'M') {
      contour = [vertex(v[0]!, v[1]!)]
      contours.push(contour)
    }
    const last = contour.at(-1)
    if (last === undefined) continue
    if (type === 'L') contour.push(vertex(v[0]!, v[1]!))
    if (type === 'Q') {
      const [cx, cy, x, y] = v as [number, number, number, number]
      last.outX = last.x + (2 / 3) * (cx - last.x)
      last.outY = last.y + (2 / 3) * (cy - last.y)
      contour.push({ ...vertex(x, y), inX: x + (2 / 3) * (cx - x), inY: y + (2 / 3) * (cy - y) })
    }
    if (type === 'C') {
      const [outX, outY, inX, inY, x, y] = v as [number, number, number, number, number, number]
      last.outX = outX
      last.outY = outY
      contour.push({ ...vertex(x, y), inX, inY })
    }
  }
  const closed = contours.map(close).filter((vertices) => vertices.length > 1)
  const area = closed.reduce((sum, vertices) => sum + signedArea(vertices), 0)
  return area < 0 ? closed.map(reverse) : closed
}

function vertex(x: number, y: number): Vertex {
  return { x, y, outX: x, outY: y, inX: x, inY: y }
}

/** The last vertex of a closed contour repeats the first: its incoming handle belongs there. */
function close(vertices: Vertex[]): Vertex[] {
  const first = vertices[0]
  const last = vertices.at(-1)
  if (first === undefined || last === undefined || vertices.length < 2) return vertices
  if (Math.abs(first.x - last.x) > 1e-6 || Math.abs(first.y - last.y) > 1e-6) return vertices
  first.inX = last.inX
  first.inY = last.inY
  return vertices.slice(0, -1)
}

function reverse(vertices: readonly Vertex[]): Vertex[] {
  return vertices
    .map((v) => ({ x: v.x, y: v.y, outX: v.inX, outY: v.inY, inX: v.outX, inY: v.outY }))
    .reverse()
}

/** Shoelace formula over the vertices and their handles: exact enough to know which way it winds. */
function signedArea(vertices: readonly Vertex[]): number {
  const points = vertices.flatMap((v) => [
    [v.inX, v.inY],
    [v.x, v.y],
    [v.outX, v.outY],
  ])
  let twice = 0
  for (let index = 0; index < points.length; index++) {
    const [x0, y0] = points[index] as [number, number]
    const [x1, y1] = points[(index + 1) % points.length] as [number, number]
    twice += x0 * y1 - x1 * y0
  }
  return twice / 2
}
