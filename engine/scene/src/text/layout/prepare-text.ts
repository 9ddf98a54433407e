import type { DigitStyle } from '@flatrender/contracts/template'
import { mapDigits } from './map-digits.ts'

/** How a text is written before it is laid out. */
export interface TextWriting {
  readonly digits?: DigitStyle
  /** 0 as typed, 1 all capitals, 2 small capitals (the font's). */
  readonly caps?: number
  readonly language?: string
}

/**
 * The text that is laid out: paragraphs end in `\n`, a soft break (Lottie's U+0003) is U+2028, tabs are spaces and
 * other controls are gone; digits and capitals are written as wanted.
 */
export function prepareText(text: string, writing: TextWriting): string {
  const clean = text
    .toWellFormed()
    .replace(/\r\n?|[\n\u0085\u2029]/g, '\n')
    .replace(/[\v\cC]/g, '\u2028')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}|\ufeff/gu, '')
  const cased = writing.caps === 1 ? capitals(clean, writing.language ?? '') : clean
  return mapDigits(cased, writing.digits ?? 'keep')
}

/** Only these languages have capitals of their own; asking for others would depend on the engine's data. */
const ownCapitals = new Set(['tr', 'az', 'lt', 'el'])

function capitals(text: string, language: string): string {
  const base = language.toLowerCase().split('-')[0] ?? ''
  return ownCapitals.has(base) ? text.toLocaleUpperCase(base) : text.toUpperCase()
}
