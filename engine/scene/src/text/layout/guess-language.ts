const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const hangul = /\p{Script=Hangul}/u

/** The language that the letters themselves give away: it decides how Han characters are drawn. Empty otherwise. */
export function guessLanguage(text: string): string {
  if (kana.test(text)) return 'ja'
  if (hangul.test(text)) return 'ko'
  return ''
}
