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
  const shapes = [...groups.values()].flatMap(({ track, units }) => {
    const outlines = outlineShapes(units, layout.size)
    if (outlines.length === 0) return []
    const united = document.sc !== undefined && document.of !== false
    const path = united ? uniteGlyphs(outlines) : outlines.flat()
    return [groupShape([...path, ...paintShapes(document, track.paint, scale)], track.transform)]
  })
  // Lottie paints the first shape last: as text is, later letters lie on top.
  return shapes.reverse()
}

/** Where joined letters overlap, a stroke on top of the fill would draw the overlap: their union has none. */
function uniteGlyphs(glyphs: readonly Shape[][]): Shape[] {
  if (glyphs.length === 1) return glyphs.flat()
  return [...glyphs.map((contours) => groupShape([...contours, { ty: 'mm', mm: 1 }])), { ty: 'mm', mm: 2 }]
}
