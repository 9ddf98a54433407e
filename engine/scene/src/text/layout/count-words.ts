import type { TextUnit } from './text-layout.ts'

/**
 * Numbers units and words in reading order, as Skottie does (TextAdapter.cpp, buildDomainMaps): white space parts
 * words and belongs to the one before it; so does the end of a line.
 */
export function countWords(units: readonly Omit<TextUnit, 'index' | 'word'>[]): TextUnit[] {
  let word = 0
  let inWord = false
  let line = 0
  return units.map((unit, index) => {
    if (inWord && unit.line !== line) {
      word++
      inWord = false
    }
    line = unit.line
    if (!unit.isSpace) inWord = true
    const counted = { ...unit, index, word }
    if (unit.isSpace && inWord) {
      word++
      inWord = false
    }
    return counted
  })
}
