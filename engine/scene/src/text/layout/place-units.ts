import type { LineUnit, ShapedLine } from './shape-line.ts'
import type { PlacedGlyph } from './text-layout.ts'

/** A unit with its place, before it knows its index in the text. Pixels, y down. */
export interface PlacedUnit {
  readonly unit: LineUnit
  readonly x: number
  readonly advance: number
  readonly glyphs: readonly PlacedGlyph[]
}

/**
 * Sets a line's units from `x`, where its visible part begins, rightwards. Hanging spaces stand outside of it. `fill`
 * is shared among the spaces inside, for justified lines. Sizes in pixels.
 */
export function placeUnits(
  line: ShapedLine,
  x: number,
  size: number,
  tracking: number,
  fill: number,
): PlacedUnit[] {
  const spaces = innerSpaces(line)
  const extra = spaces > 0 ? fill / spaces : 0
  const before = line.rtl ? line.units.slice(0, line.hanging) : []
  let pen = x - before.reduce((sum, unit) => sum + (unit.advance + tracking) * size, 0)
  return line.units.map((unit, index) => {
    const inner = isInner(line, index)
    const advance = unit.advance * size + (unit.space && inner ? extra : 0)
    const placed = {
      unit,
      x: pen,
      advance,
      glyphs: unit.glyphs.map((glyph) => ({ ...glyph, x: glyph.x * size, y: -glyph.y * size })),
    }
    pen += advance + tracking * size
    return placed
  })
}

/** Spaces that a justified line may widen. */
export function innerSpaces(line: ShapedLine): number {
  return line.units.filter((unit, index) => unit.space && isInner(line, index)).length
}

function isInner(line: ShapedLine, index: number): boolean {
  return line.rtl ? index >= line.hanging : index < line.units.length - line.hanging
}
