import type { Bezier, Shape } from '../../lottie/lottie-json.ts'
import type { TextUnit } from '../layout/text-layout.ts'
import { round } from './round.ts'

/** The contours of units as Lottie paths, in the layer's pixels at a font size. */
export function outlineShapes(units: readonly TextUnit[], size: number): Shape[] {
  const shapes: Shape[] = []
  for (const unit of units) {
    for (const glyph of unit.glyphs) {
      const x = unit.x + glyph.x
      const y = unit.y + glyph.y
      for (const contour of glyph.font.outline(glyph.glyphId)) {
        const bezier: Bezier = { c: true, v: [], i: [], o: [] }
        for (const vertex of contour) {
          bezier.v.push([round(x + vertex.x * size), round(y - vertex.y * size)])
          bezier.i.push([round((vertex.inX - vertex.x) * size), round((vertex.y - vertex.inY) * size)])
          bezier.o.push([round((vertex.outX - vertex.x) * size), round((vertex.y - vertex.outY) * size)])
        }
        shapes.push({ ty: 'sh', ks: { a: 0, k: bezier } })
      }
    }
  }
  return shapes
}
