import type { Font } from './font.ts'
import { isIgnorable } from './is-ignorable.ts'

const space = /^\p{Zs}$/u

/**
 * Can the font set the whole grapheme cluster? Ignorable characters (joiners, selectors) need no glyph; other widths
 * of space are made from U+0020 by HarfBuzz, and what is composed may be taken apart or the other way round.
 */
export function coversCluster(font: Font, cluster: string): boolean {
  return (
    hasAll(font, cluster) ||
    (cluster.length > 1 && hasAll(font, cluster.normalize('NFC'))) ||
    (cluster.charCodeAt(0) > 0x7f && hasAll(font, cluster.normalize('NFD')))
  )
}

function hasAll(font: Font, cluster: string): boolean {
  for (const character of cluster) {
    const codePoint = character.codePointAt(0) as number
    if (font.has(codePoint) || isIgnorable(codePoint)) continue
    if (space.test(character) && font.has(0x20)) continue
    if (codePoint === 0x2011 && font.has(0x2010)) continue
    return false
  }
  return true
}

/** Does the font know every character of a sequence, joiners and selectors too? Then its ligature can form. */
export function knowsSequence(font: Font, cluster: string): boolean {
  return [...cluster].every((character) => font.has(character.codePointAt(0) as number))
}
