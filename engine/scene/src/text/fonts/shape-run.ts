import type * as HarfBuzz from 'harfbuzzjs'
import type { ShapedGlyph, ShapeRequest } from './font.ts'

const AT_START = 1
const AT_END = 2
const RIGHT_TO_LEFT = 5
const LEFT_TO_RIGHT = 4

/** Shapes one run with HarfBuzz; glyphs come in visual order. */
export function shapeRun(
  harfbuzz: typeof HarfBuzz,
  font: HarfBuzz.Font,
  request: ShapeRequest,
): readonly ShapedGlyph[] {
  const { text, start, end } = request
  const buffer = new harfbuzz.Buffer()
  buffer.addText(text, start, end - start)
  buffer.setDirection(request.rtl ? RIGHT_TO_LEFT : LEFT_TO_RIGHT)
  buffer.setScript(request.script)
  if (request.language !== '') buffer.setLanguage(request.language)
  buffer.setFlags((start === 0 ? AT_START : 0) | (end === text.length ? AT_END : 0))
  buffer.guessSegmentProperties()
  const features = request.features.flatMap((feature) => harfbuzz.Feature.fromString(feature) ?? [])
  harfbuzz.shape(font, buffer, features)
  const positions = buffer.getGlyphPositions()
  return buffer.getGlyphInfos().map((info, index) => ({
    glyphId: info.codepoint,
    cluster: info.cluster,
    advance: positions[index]?.xAdvance ?? 0,
    x: positions[index]?.xOffset ?? 0,
    y: positions[index]?.yOffset ?? 0,
  }))
}
