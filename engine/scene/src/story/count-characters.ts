const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** What a person counts as characters: grapheme clusters (UAX #29). */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}
