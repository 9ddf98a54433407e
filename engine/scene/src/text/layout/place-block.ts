import type { FontStack } from '../fonts/font-stack.ts'
import { alignVertically } from './align-vertically.ts'
import { countWords, type UncountedUnit } from './count-words.ts'
import { lineAlignment } from './line-alignment.ts'
import { measureInk } from './measure-ink.ts'
import { innerSpaces, placeUnits } from './place-units.ts'
import type { ShapedLine } from './shape-line.ts'
import type { Box, TextLayout, TextLine, TextRequest, TextUnit } from './text-layout.ts'

/** A shaped line, where its paragraph starts in the text, and whether it ends its paragraph. */
export interface SetLine {
  readonly line: ShapedLine
  readonly offset: number
  readonly last: boolean
}

/** Faces taller than this (nastaliq) need more room than the designer's line height was meant for; em. */
const TALL_FACE = 1.9
const TALL_FACE_SHARE = 0.8

type Block = Pick<TextLayout, 'lines' | 'units' | 'ink' | 'bounds'>

/** Gives every line and unit of a text its place, at a scale of the asked size. */
export function placeBlock(
  request: TextRequest,
  stack: FontStack,
  lines: readonly SetLine[],
  scale: number,
): Block {
  const size = request.size * scale
  const tracking = (request.tracking ?? 0) / 1000
  const baselines = stackLines(request, lines, scale)
  const placedLines: TextLine[] = []
  const units: UncountedUnit[] = []
  lines.forEach(({ line, offset, last }, index) => {
    const baseline = baselines[index] ?? 0
    const { left, right, factor, justified } = lineAlignment(request, line.rtl, last)
    const free = right - left - line.width * size
    const fill = justified && free > 0 && innerSpaces(line) > 0 ? free : 0
    const x = left + (free - fill) * factor
    placedLines.push({
      index,
      start: offset + line.start,
      end: offset + line.end,
      baseline,
      x,
      width: line.width * size + fill,
      direction: line.rtl ? 'rtl' : 'ltr',
      factor,
    })
    for (const placed of placeUnits(line, x, size, tracking, fill)) {
      units.push({
        line: index,
        start: offset + placed.unit.start,
        end: offset + placed.unit.end,
        x: placed.x,
        y: baseline,
        advance: placed.advance,
        isSpace: placed.unit.space,
        beginsWord: placed.unit.beginsWord,
        glyphs: placed.glyphs,
      })
    }
  })
  const ordered = countWords(units.sort((a, b) => a.line - b.line || a.start - b.start))
  return settle(request, stack, placedLines, ordered, size)
}

/** Moves the block to where its box wants it, and measures it. */
function settle(
  request: TextRequest,
  stack: FontStack,
  lines: readonly TextLine[],
  units: readonly TextUnit[],
  size: number,
): Block {
  const ascent = (request.ascent ?? stack.primary.metrics.ascent) * size
  const descent = -stack.primary.metrics.descent * size
  const first = lines[0]?.baseline ?? 0
  const last = lines.at(-1)?.baseline ?? 0
  const ink = measureInk(units, size)
  const typographic = { top: first - ascent, bottom: last + descent }
  const down =
    request.box === undefined ? 0 : alignVertically(request.box, request.verticalAlign, ink, typographic)
  // A shifted baseline is seen against the line: the block is put where it would stand without.
  const dy = down - (request.baselineShift ?? 0) * (size / request.size)
  const left = lines.length === 0 ? 0 : Math.min(...lines.map((line) => line.x))
  const right = lines.length === 0 ? 0 : Math.max(...lines.map((line) => line.x + line.width))
  const bounds: Box = {
    x: left,
    y: typographic.top + dy,
    width: right - left,
    height: typographic.bottom - typographic.top,
  }
  return {
    lines: lines.map((line) => ({ ...line, baseline: line.baseline + dy })),
    units: units.map((unit) => ({ ...unit, y: unit.y + dy })),
    ink: ink === undefined ? undefined : { ...ink, y: ink.y + dy },
    bounds,
  }
}

/** Baselines from 0 downwards. A line in a very tall face gets more room above it. */
function stackLines(request: TextRequest, lines: readonly SetLine[], scale: number): number[] {
  const baselines: number[] = []
  let baseline = 0
  lines.forEach(({ line }, index) => {
    if (index > 0) {
      let pitch = request.lineHeight * scale
      for (const unit of line.units) {
        for (const { font } of unit.glyphs) {
          const height = font.metrics.ascent - font.metrics.descent
          if (height > TALL_FACE) pitch = Math.max(pitch, height * TALL_FACE_SHARE * request.size * scale)
        }
      }
      baseline += pitch
    }
    baselines.push(baseline)
  })
  return baselines
}
