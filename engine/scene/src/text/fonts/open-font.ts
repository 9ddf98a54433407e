import { FlatRenderError } from '@flatrender/contracts/errors'
import type * as HarfBuzz from 'harfbuzzjs'
import type { Font, FontSource, GlyphInk, GlyphOutline, ShapedGlyph, ShapeRequest } from './font.ts'
import { readOutline } from './read-outline.ts'
import { shapeRun } from './shape-run.ts'

/** Context that HarfBuzz looks at on each side of a run, in UTF-16 units. */
const CONTEXT = 8
/** Runs remembered for each font; a scene has some hundreds. */
const MOST_RUNS = 4000

/** Opens a font with a HarfBuzz that is loaded already. Throws FONT_UNREADABLE. */
export function createFont(harfbuzz: typeof HarfBuzz, source: FontSource): Font {
  if (!isSfnt(source.bytes)) throw unreadable(source, 'it is no TrueType or OpenType file')
  const face = new harfbuzz.Face(new harfbuzz.Blob(source.bytes))
  if (face.referenceTable('cmap') === undefined || face.collectUnicodes().length === 0) {
    throw unreadable(source, 'it holds no characters')
  }
  const axis = face.getAxisInfos().wght
  const fixed = source.variations ?? {}
  const variableWeight = axis !== undefined && fixed.wght === undefined
  const features = new Set([...face.getTableFeatureTags('GSUB'), ...face.getTableFeatureTags('GPOS')])
  const weights = new Map<number, Font>()

  const instance = (weight: number): Font => {
    const clamped = variableWeight ? Math.min(Math.max(weight, axis.min), axis.max) : source.weight
    const made = weights.get(clamped)
    if (made !== undefined) return made
    const font = new harfbuzz.Font(face)
    const values = variableWeight ? { ...fixed, wght: clamped } : fixed
    const variations = Object.entries(values).map(([tag, value]) => new harfbuzz.Variation(tag, value))
    if (variations.length > 0) font.setVariations(variations)
    const opened = { ...open(font, clamped), atWeight: instance }
    weights.set(clamped, opened)
    return opened
  }

  const open = (font: HarfBuzz.Font, weight: number): Omit<Font, 'atWeight'> => {
    const unitsPerEm = face.upem
    const extents = font.hExtents()
    const coverage = new Map<number, boolean>()
    const runs = new Map<string, readonly ShapedGlyph[]>()
    const outlines = new Map<number, GlyphOutline>()
    const inks = new Map<number, GlyphInk | undefined>()
    return {
      family: source.family,
      style: source.style,
      weight,
      hash: source.hash,
      fallback: source.fallback,
      unitsPerEm,
      metrics: {
        ascent: extents.ascender / unitsPerEm,
        descent: extents.descender / unitsPerEm,
        lineGap: extents.lineGap / unitsPerEm,
      },
      variableWeight,
      hasFeature: (tag) => features.has(tag),
      has: (codePoint) => remember(coverage, codePoint, () => (font.nominalGlyph(codePoint) ?? 0) !== 0),
      shape: (request) => {
        const near = withNearContext(request)
        const { text, start, end, rtl, script, language } = near
        const key = `${start} ${end} ${rtl} ${script} ${language} ${near.features.join()} ${text}`
        if (runs.size > MOST_RUNS) runs.clear()
        const shaped = remember(runs, key, () => shapeRun(harfbuzz, font, near))
        const shift = request.start - start
        return shift === 0 ? shaped : shaped.map((glyph) => ({ ...glyph, cluster: glyph.cluster + shift }))
      },
      outline: (glyphId) =>
        remember(outlines, glyphId, () => readOutline(font.glyphToJson(glyphId), unitsPerEm)),
      ink: (glyphId) =>
        remember(inks, glyphId, () => {
          const box = font.glyphExtents(glyphId)
          if (box === undefined || box.width === 0 || box.height === 0) return undefined
          const left = box.xBearing / unitsPerEm
          const top = box.yBearing / unitsPerEm
          return { left, top, right: left + box.width / unitsPerEm, bottom: top + box.height / unitsPerEm }
        }),
    }
  }

  return instance(source.weight)
}

/** The same run in a short text, so that equal words with equal neighbours are shaped once. */
function withNearContext(request: ShapeRequest): ShapeRequest {
  const from = Math.max(0, request.start - CONTEXT)
  const text = request.text.slice(from, request.end + CONTEXT)
  return { ...request, text, start: request.start - from, end: request.end - from }
}

function remember<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  if (map.has(key)) return map.get(key) as Value
  const value = make()
  map.set(key, value)
  return value
}

function isSfnt(bytes: Uint8Array): boolean {
  const tag = String.fromCharCode(...bytes.subarray(0, 4))
  return bytes.length > 64 && ['\0\u0001\0\0', 'OTTO', 'true', 'ttcf'].includes(tag)
}

function unreadable(source: FontSource, reason: string): FlatRenderError {
  return new FlatRenderError('FONT_UNREADABLE', { file: source.family, reason })
}
