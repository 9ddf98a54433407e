const weights: readonly (readonly [name: RegExp, weight: number])[] = [
  [/thin|hairline/i, 100],
  [/extra ?light|ultra ?light/i, 200],
  [/semi ?bold|demi/i, 600],
  [/extra ?bold|ultra ?bold/i, 800],
  [/black|heavy/i, 900],
  [/light/i, 300],
  [/medium/i, 500],
  [/bold/i, 700],
]

/** Weight (1–1000) and style that a font style's name means, such as `SemiBold Italic`. */
export function parseFontStyle(name: string): { weight: number; style: 'normal' | 'italic' } {
  const number = /\b([1-9]\d{2})\b/.exec(name)?.[1]
  const named = weights.find(([test]) => test.test(name))?.[1] ?? 400
  return {
    weight: number === undefined ? named : Number(number),
    style: /italic|oblique/i.test(name) ? 'italic' : 'normal',
  }
}
