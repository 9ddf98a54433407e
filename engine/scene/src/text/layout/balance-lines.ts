import type { Paragraph } from './analyse-paragraph.ts'
import { type BrokenParagraph, breakLines, type ShapeStretch } from './break-lines.ts'

/** Longer paragraphs are read as running text, where even lines gain nothing. */
const MOST_LINES = 6
/** Halvings of the width; the last is a thousandth of it. */
const STEPS = 10

/**
 * Breaks a paragraph into as few lines as `breakLines` does, but as even as they can be: no last line of one short
 * word. That is the narrowest width that takes no line more (CSS Text 4, `text-wrap: balance`). `limit` is in em.
 */
export function balanceLines(
  paragraph: Paragraph,
  limit: number,
  tracking: number,
  shape: ShapeStretch,
): BrokenParagraph {
  let best = breakLines(paragraph, limit, tracking, shape)
  const count = best.lines.length
  if (best.brokeWord || count < 2 || count > MOST_LINES || !Number.isFinite(limit)) return best
  let low = 0
  let high = limit
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2
    const tried = breakLines(paragraph, middle, tracking, shape)
    if (tried.lines.length === count && !tried.brokeWord) {
      best = tried
      high = middle
    } else low = middle
  }
  return best
}
