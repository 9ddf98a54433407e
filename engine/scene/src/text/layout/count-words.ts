import type { TextUnit } from './text-layout.ts'

/** A placed unit that doesn't know its numbers yet. */
export type UncountedUnit = Omit<TextUnit, 'index' | 'word'> & { readonly beginsWord: boolean }

/**
 * Numbers units and words in reading order, as Skottie does (TextAdapter.cpp, buildDomainMaps): white space parts
 * words and belongs to the one before it; so does the end of a line. Beyond Skottie, scripts that write no spaces have
 * words too: wherever a line may break.
 */
export function countWords(units: readonly UncountedUnit[]): TextUnit[] {
  let word = 0
  let inWord = false
  let line = 0
  return units.map(({ beginsWord, ...unit }, index) => {
    if (inWord && (unit.line !== line || beginsWord)) {
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
