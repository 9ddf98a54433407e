/** Code points as CSS writes them: `U+0600-06FF,U+200C`. */
export interface UnicodeRanges {
  has(codePoint: number): boolean
}

/** Reads a CSS `unicode-range` without wildcards. */
export function parseUnicodeRanges(ranges: string): UnicodeRanges {
  const pairs = ranges.split(',').map((range) => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })
  return { has: (codePoint) => pairs.some(([from, to]) => codePoint >= from && codePoint <= to) }
}
