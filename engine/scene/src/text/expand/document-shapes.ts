import type { Shape, TextDocument } from '../../lottie/lottie-json.ts'
import type { TextLayout, TextUnit } from '../layout/text-layout.ts'
import { type BakedText, trackOfUnit, type UnitTrack } from './bake-units.ts'
import { groupShape } from './group-shape.ts'
import { outlineShapes } from './outline-shapes.ts'
import { paintShapes } from './paint-shapes.ts'

/**
 * The shapes of one laid-out document: a group for every set of units that move and are painted alike, each one path
 * with one fill, so that translucent letters show no seams where they overlap.
 */
export function documentShapes(layout: TextLayout, document: TextDocument, baked: BakedText): Shape[] {
  const groups = new Map<string, { track: UnitTrack; units: TextUnit[] }>()
  for (const unit of layout.units) {
    if (unit.isSpace) continue
    const track = trackOfUnit(baked, unit.index, document)
    const key = JSON.stringify(track)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { track, units: [unit] })
    else group.units.push(unit)
  }
  const scale = layout.scale / 100
  const fillOnTop = document.of === false || contoursOverlap(layout)
  const shapes = [...groups.values()].flatMap(({ track, units }) => {
    const outlines = outlineShapes(units, layout.size)
    if (outlines.length === 0) return []
    const paint = paintShapes(document, track.paint, scale, fillOnTop)
    return [groupShape([...outlines, ...paint], track.transform)]
  })
  // Lottie paints the first shape last: as text is, later letters lie on top.
  return shapes.reverse()
}

/**
 * Contours of joined letters, of marks and of variable fonts overlap inside the ink, and a stroke over the fill would
 * draw those lines. Then the fill is painted over the stroke, whatever the document says: the outside stays the same.
 * (Lottie's merged paths would be exact, but Skia's path operations lose a whole letter now and then.)
 */
function contoursOverlap(layout: TextLayout): boolean {
  return layout.units.some(
    ({ glyphs }) => glyphs.length > 1 || glyphs.some(({ font }) => font.variableWeight),
  )
}
