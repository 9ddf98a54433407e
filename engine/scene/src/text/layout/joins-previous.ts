/**
 * Joining types of ArabicShaping.txt (Unicode 16) for Arabic, Syriac, N'Ko and Mongolian, written out because
 * regular expressions don't know the property. Letters not listed join on both sides.
 */
const rightOnly =
  /[\u0622-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06c0\u06c3-\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef\u0759-\u075b\u076b\u076c\u0771\u0773\u0774\u0778\u0779\u0870-\u0882\u088e\u08aa-\u08ac\u08ae\u08b1\u08b2\u08b9\u0710\u0715-\u0719\u071e\u0728\u072a\u072c\u072f\u074d]/
const never = /[\u0621\u0674\u06dd\u08ad\u0887\u0888\ufb50-\ufdff\ufe70-\ufefc\u1880-\u1884]/
const causes = /\u0640|\u200d|\u07fa|\u180a|[\u0883-\u0885]/
const joining = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}]/u
const letter = /\p{L}/u
const transparent = /[\p{Mn}\p{Me}\p{Cf}]/u

/** Is the letter at an offset written together with the letter before it? Marks between them don't part them. */
export function joinsPrevious(text: string, offset: number): boolean {
  const here = text[offset] ?? ''
  if (!causes.test(here) && !joinsAtAll(here)) return false
  for (let index = offset - 1; index >= 0; index--) {
    const before = text[index] as string
    if (causes.test(before)) return true
    if (before === '\u200c') return false
    if (transparent.test(before)) continue
    return joinsAtAll(before) && !rightOnly.test(before)
  }
  return false
}

function joinsAtAll(character: string): boolean {
  return joining.test(character) && letter.test(character) && !never.test(character)
}
