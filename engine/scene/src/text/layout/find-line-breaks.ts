import { Rules } from '@cto.af/linebreak'
import { findThaiWords } from './find-thai-words.ts'

/** What may happen at an offset of the text. */
export const NO_BREAK = 0
const MAY_BREAK = 1
/** A line ends here. */
export const MUST_BREAK = 2

const thai = /[\u0e01-\u0e3a\u0e40-\u0e4e]{2,}/g
const southEastAsian = /[\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{2,}/gu

let rules: Rules | undefined

/**
 * Line breaking opportunities (UAX #14, Unicode 15.1) by UTF-16 offset; a break at `n` stands before character `n`.
 * Words of Thai come from a model of our own; those of Lao, Khmer and Myanmar from `Intl.Segmenter`, whose
 * dictionaries may differ between engines.
 */
export function findLineBreaks(text: string, graphemeStarts: readonly number[]): Uint8Array {
  rules ??= new Rules()
  const breaks = new Uint8Array(text.length + 1)
  const clusters = new Set(graphemeStarts)
  for (const { position, required } of rules.breaks(text)) {
    // No line ends inside a grapheme cluster, such as a family of emoji or a space with a mark.
    if (clusters.has(position)) breaks[position] = required === true ? MUST_BREAK : MAY_BREAK
  }
  for (const match of text.matchAll(thai)) {
    for (const end of findThaiWords(match[0])) mark(breaks, clusters, match.index + end)
  }
  for (const match of text.matchAll(southEastAsian)) {
    const words = new Intl.Segmenter(undefined, { granularity: 'word' })
    for (const { index } of words.segment(match[0]))
      if (index > 0) mark(breaks, clusters, match.index + index)
  }
  breaks[0] = NO_BREAK
  breaks[text.length] = NO_BREAK
  return breaks
}

function mark(breaks: Uint8Array, clusters: ReadonlySet<number>, offset: number): void {
  if (clusters.has(offset) && breaks[offset] === NO_BREAK) breaks[offset] = MAY_BREAK
}
