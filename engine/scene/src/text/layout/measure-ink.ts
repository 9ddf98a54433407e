import type { Box, TextUnit } from './text-layout.ts'

/** The box around the ink of units, in pixels; undefined when they paint nothing. */
export function measureInk(units: readonly TextUnit[], size: number): Box | undefined {
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (const unit of units) {
    for (const glyph of unit.glyphs) {
      const ink = glyph.font.ink(glyph.glyphId)
      if (ink === undefined) continue
      const x = unit.x + glyph.x
      const y = unit.y + glyph.y
      left = Math.min(left, x + ink.left * size)
      right = Math.max(right, x + ink.right * size)
      top = Math.min(top, y - ink.top * size)
      bottom = Math.max(bottom, y - ink.bottom * size)
    }
  }
  return left > right ? undefined : { x: left, y: top, width: right - left, height: bottom - top }
}
