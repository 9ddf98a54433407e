const ignorable = /^\p{Default_Ignorable_Code_Point}$/u

/**
 * Is it a character that paints nothing even where a font lacks it: joiners, variation selectors, direction marks,
 * controls?
 */
export function isIgnorable(codePoint: number): boolean {
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return true
  if (codePoint < 0xad) return false
  return codePoint === 0x2028 || codePoint === 0x2029 || ignorable.test(String.fromCodePoint(codePoint))
}
