import type { Font, ShapedGlyph } from '../fonts/font.ts'
import { hasHeadline, writesNoSpaces } from '../fonts/script-of.ts'
import type { Paragraph } from './analyse-paragraph.ts'
import { NO_BREAK } from './find-line-breaks.ts'
import { joinsPrevious } from './joins-previous.ts'
import { levelsOfLine, orderRuns } from './resolve-bidi.ts'

/** How letters are shaped beside the fonts' defaults. */
export interface ShapingStyle {
  /** Em between units. */
  readonly tracking: number
  readonly language: string
  readonly smallCaps: boolean
}

/** A glyph of a unit, before it has a size. */
export interface LineGlyph {
  readonly font: Font
  readonly glyphId: number
  /** Em from the unit's origin, y up. */
  readonly x: number
  readonly y: number
}

/** A unit of a line; lengths in em. Offsets count from the paragraph's start. */
export interface LineUnit {
  readonly start: number
  readonly end: number
  readonly advance: number
  readonly space: boolean
  /** Begins a word though no space stands before it, as in scripts that write none. */
  readonly beginsWord: boolean
  readonly glyphs: readonly LineGlyph[]
}

/** One line in visual order, from left to right; lengths in em. */
export interface ShapedLine {
  readonly start: number
  readonly end: number
  readonly units: readonly LineUnit[]
  readonly rtl: boolean
  /** Units at the visual end (left end of a line from right to left) that are hanging spaces. */
  readonly hanging: number
  /** Without the hanging spaces, with tracking. */
  readonly width: number
}

interface LineRun {
  readonly start: number
  readonly end: number
  readonly level: number
  readonly script: string
  readonly font: Font
}

/** A unit while glyphs are added to it. */
interface Growing {
  start: number
  end: number
  advance: number
  space: boolean
  glyphs: LineGlyph[]
}

const letter = /[\p{L}\p{M}\u200c\u200d]/u

/** Shapes `start` to `end` of a paragraph as one line: its runs are ordered by level and shaped one by one. */
export function shapeLine(paragraph: Paragraph, start: number, end: number, style: ShapingStyle): ShapedLine {
  const runs = itemiseLine(paragraph, start, end)
  const units = orderRuns(runs).flatMap((run) => unitsOfRun(paragraph, run, style))
  const rtl = paragraph.levels.base % 2 === 1
  const hanging = countHanging(units, rtl)
  const visible = rtl ? units.slice(hanging) : units.slice(0, units.length - hanging)
  const advance = visible.reduce((sum, unit) => sum + unit.advance, 0)
  const gaps = Math.max(0, visible.length - 1) * style.tracking
  return { start, end, units, rtl, hanging, width: advance + gaps }
}

/** Stretches of one level, script and font. */
export function itemiseLine(paragraph: Paragraph, start: number, end: number): LineRun[] {
  const levels = levelsOfLine(paragraph.text, paragraph.levels, start, end)
  const runs: { start: number; end: number; level: number; script: string; font: Font }[] = []
  const first = paragraph.clusterAt[start] ?? 0
  for (let index = Math.max(first, 0); index < paragraph.clusters.length; index++) {
    const cluster = paragraph.clusters[index]!
    if (cluster.start >= end) break
    const level = levels[cluster.start - start] ?? 0
    const last = runs.at(-1)
    if (last?.level === level && last.script === cluster.script && last.font === cluster.font) {
      last.end = cluster.end
    } else {
      runs.push({ start: cluster.start, end: cluster.end, level, script: cluster.script, font: cluster.font })
    }
  }
  return runs
}

function unitsOfRun(paragraph: Paragraph, run: LineRun, style: ShapingStyle): LineUnit[] {
  const rtl = run.level % 2 === 1
  const features: string[] = []
  // Spaced letters show no optional ligatures (CSS Text 3, letter-spacing).
  if (style.tracking !== 0) features.push('-liga', '-clig')
  if (style.smallCaps) features.push('smcp')
  const shaped = run.font.shape({
    text: paragraph.text,
    start: run.start,
    end: run.end,
    rtl,
    script: run.script,
    language: style.language,
    features,
  })
  const units: Growing[] = []
  const perEm = run.font.unitsPerEm
  const bounds = clusterEnds(shaped, run)
  let before: number | undefined
  for (const glyph of shaped) {
    const start = glyph.cluster
    const end = bounds.get(start) ?? run.end
    const sameCluster = before === start
    // In visual order the neighbour to the left is the logically next one when the run goes right to left.
    const merges = !sameCluster && before !== undefined && mergesAt(paragraph, run, rtl ? before : start)
    let unit = units.at(-1)
    if (unit === undefined || !(sameCluster || merges)) {
      unit = { start, end, advance: 0, space: isSpace(paragraph, start, end), glyphs: [] }
      units.push(unit)
    }
    unit.start = Math.min(unit.start, start)
    unit.end = Math.max(unit.end, end)
    if (merges) unit.space = false
    unit.glyphs.push({
      font: run.font,
      glyphId: glyph.glyphId,
      x: unit.advance + glyph.x / perEm,
      y: glyph.y / perEm,
    })
    unit.advance += glyph.advance / perEm
    before = start
  }
  const spaceless = writesNoSpaces(run.script)
  return units.map((unit) => ({
    ...unit,
    beginsWord: spaceless && paragraph.breaks[unit.start] !== NO_BREAK,
  }))
}

/** Where each of HarfBuzz's clusters ends, by where it starts. */
function clusterEnds(shaped: readonly ShapedGlyph[], run: LineRun): Map<number, number> {
  const starts = [...new Set(shaped.map((glyph) => glyph.cluster))].sort((a, b) => a - b)
  return new Map(starts.map((start, index) => [start, starts[index + 1] ?? run.end]))
}

/** Do the clusters on both sides of an offset move as one? */
function mergesAt(paragraph: Paragraph, run: LineRun, offset: number): boolean {
  if ((paragraph.clusterAt[offset] ?? -1) < 0) return true
  if (joinsPrevious(paragraph.text, offset)) return true
  if (!hasHeadline(run.script)) return false
  return letter.test(paragraph.text[offset - 1] ?? '') && letter.test(paragraph.text[offset] ?? '')
}

function isSpace(paragraph: Paragraph, start: number, end: number): boolean {
  const cluster = paragraph.clusters[paragraph.clusterAt[start] ?? -1]
  return cluster?.space === true && cluster.end >= end
}

function countHanging(units: readonly LineUnit[], rtl: boolean): number {
  let count = 0
  while (count < units.length && units[rtl ? count : units.length - 1 - count]?.space === true) count++
  return count
}
