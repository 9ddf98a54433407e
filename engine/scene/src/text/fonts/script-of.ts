const scripts: readonly (readonly [tag: string, test: RegExp])[] = [
  ['Zyyy', /\p{Script=Common}/u],
  ['Latn', /\p{Script=Latin}/u],
  ['Arab', /\p{Script=Arabic}/u],
  ['Zinh', /\p{Script=Inherited}/u],
  ['Hani', /\p{Script=Han}/u],
  ['Hira', /\p{Script=Hiragana}/u],
  ['Kana', /\p{Script=Katakana}/u],
  ['Cyrl', /\p{Script=Cyrillic}/u],
  ['Grek', /\p{Script=Greek}/u],
  ['Hebr', /\p{Script=Hebrew}/u],
  ['Deva', /\p{Script=Devanagari}/u],
  ['Beng', /\p{Script=Bengali}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Hang', /\p{Script=Hangul}/u],
  ['Guru', /\p{Script=Gurmukhi}/u],
  ['Gujr', /\p{Script=Gujarati}/u],
  ['Taml', /\p{Script=Tamil}/u],
  ['Telu', /\p{Script=Telugu}/u],
  ['Knda', /\p{Script=Kannada}/u],
  ['Mlym', /\p{Script=Malayalam}/u],
  ['Orya', /\p{Script=Oriya}/u],
  ['Sinh', /\p{Script=Sinhala}/u],
  ['Laoo', /\p{Script=Lao}/u],
  ['Khmr', /\p{Script=Khmer}/u],
  ['Mymr', /\p{Script=Myanmar}/u],
  ['Tibt', /\p{Script=Tibetan}/u],
  ['Armn', /\p{Script=Armenian}/u],
  ['Geor', /\p{Script=Georgian}/u],
  ['Ethi', /\p{Script=Ethiopic}/u],
  ['Syrc', /\p{Script=Syriac}/u],
  ['Thaa', /\p{Script=Thaana}/u],
  ['Nkoo', /\p{Script=Nko}/u],
  ['Mong', /\p{Script=Mongolian}/u],
  ['Bopo', /\p{Script=Bopomofo}/u],
]

const known = new Map<number, string>()

/**
 * The script of a code point, ISO 15924: `Zyyy` common, `Zinh` inherited, `Zzzz` when it is none that we itemise.
 * Engines with different Unicode versions can only differ in characters that the older one doesn't know.
 */
export function scriptOf(codePoint: number): string {
  const found = known.get(codePoint)
  if (found !== undefined) return found
  const character = String.fromCodePoint(codePoint)
  const property = scripts.find(([, test]) => test.test(character))?.[0] ?? 'Zzzz'
  // Arabic's own comma, question mark and digits are shared with its sisters only: they are set as Arabic is.
  const script = property === 'Zyyy' && codePoint >= 0x600 && codePoint <= 0x6ff ? 'Arab' : property
  known.set(codePoint, script)
  return script
}

/** Scripts whose letters join along a line or a headline, so that a word of theirs must not be pulled apart. */
export function hasHeadline(script: string): boolean {
  return script === 'Deva' || script === 'Beng' || script === 'Guru'
}

const spaceless = new Set(['Hani', 'Hira', 'Kana', 'Bopo', 'Thai', 'Laoo', 'Khmr', 'Mymr'])

/** Scripts that put no spaces between words. */
export function writesNoSpaces(script: string): boolean {
  return spaceless.has(script)
}
