import type { Paragraph } from './analyse-paragraph.ts'
import { MUST_BREAK, NO_BREAK } from './find-line-breaks.ts'
import type { ShapedLine } from './shape-line.ts'

/** A paragraph in lines. */
export interface BrokenParagraph {
  readonly lines: readonly ShapedLine[]
  /** A word was too long for a line and was broken between two of its letters. */
  readonly brokeWord: boolean
}

/** Shapes a stretch of the paragraph as a line of its own; asked often for the same stretch. */
export type ShapeStretch = (start: number, end: number) => ShapedLine

interface Segment {
  readonly start: number
  readonly end: number
  readonly forced: boolean
}

/**
 * Fills lines greedily up to `limit` em at the paragraph's breaking opportunities. Each line is shaped as it will
 * stand, so a ligature or kern that a break takes away is counted. Words longer than a line are broken between
 * grapheme clusters. Spaces hang over the end.
 */
export function breakLines(
  paragraph: Paragraph,
  limit: number,
  tracking: number,
  shape: ShapeStretch,
): BrokenParagraph {
  const lines: ShapedLine[] = []
  let brokeWord = false
  let start = 0
  let used = 0
  let units = 0
  let end = 0
  const finish = (to: number): void => {
    lines.push(shape(start, to))
    start = to
    end = to
    used = 0
    units = 0
  }
  for (const segment of segmentsOf(paragraph)) {
    const piece = shape(segment.start, segment.end)
    if (end > start && used + piece.width + tracking * units > limit) finish(end)
    while (end > start && shape(start, segment.end).width > limit) finish(end)
    if (end === start && piece.width > limit) {
      let to = longestPiece(paragraph, start, segment.end, limit, shape)
      while (to < segment.end) {
        brokeWord = true
        finish(to)
        to = longestPiece(paragraph, start, segment.end, limit, shape)
      }
    }
    end = segment.end
    used += piece.units.reduce((sum, unit) => sum + unit.advance, 0)
    units += piece.units.length
    if (segment.forced) {
      const next = paragraph.text[segment.end] === '\u2028' ? segment.end + 1 : segment.end
      finish(segment.end)
      start = next
      end = next
    }
  }
  if (end > start || lines.length === 0 || paragraph.text.at(-1) === '\u2028') lines.push(shape(start, end))
  return { lines, brokeWord }
}

/** Stretches between breaking opportunities; the separator of a forced break belongs to none. */
function segmentsOf(paragraph: Paragraph): Segment[] {
  const { text, breaks } = paragraph
  const segments: Segment[] = []
  let start = 0
  for (let offset = 1; offset <= text.length; offset++) {
    if (breaks[offset] === NO_BREAK && offset < text.length) continue
    const separated = text[offset - 1] === '\u2028'
    const forced = separated || (breaks[offset] === MUST_BREAK && offset < text.length)
    segments.push({ start, end: separated ? offset - 1 : offset, forced })
    start = offset
  }
  return segments
}

/** The end of the longest piece from `start` that fits; one grapheme cluster at least. */
function longestPiece(
  paragraph: Paragraph,
  start: number,
  end: number,
  limit: number,
  shape: ShapeStretch,
): number {
  if (shape(start, end).width <= limit) return end
  const first = paragraph.clusterAt[start] as number
  const ends = paragraph.clusters.slice(first).map((cluster) => cluster.end)
  const last = ends.findIndex((offset) => offset >= end)
  let low = 0
  let high = last < 0 ? ends.length - 1 : last
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (shape(start, ends[middle] as number).width <= limit) low = middle
    else high = middle - 1
  }
  return Math.min(ends[low] as number, end)
}
