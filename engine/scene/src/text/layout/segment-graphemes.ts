import { graphemeSegments } from 'unicode-segmenter/grapheme'

/**
 * Offsets at which the text's grapheme clusters (UAX #29) begin, its length last. From pinned Unicode data, since
 * `Intl.Segmenter` differs between engines.
 */
export function segmentGraphemes(text: string): number[] {
  const starts: number[] = []
  for (const { index } of graphemeSegments(text)) starts.push(index)
  starts.push(text.length)
  return starts
}
