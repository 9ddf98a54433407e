const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const hangul = /\p{Script=Hangul}/u
const han = new Set(['zh', 'ja', 'ko'])

/**
 * The language of a text, BCP 47: the wanted one, unless the letters give away another that decides how Han
 * characters are drawn (kana: Japanese, hangul: Korean). Empty when nothing is known.
 */
export function guessLanguage(text: string, wanted = ''): string {
  if (han.has(wanted.toLowerCase().split('-')[0] ?? '')) return wanted
  if (kana.test(text)) return 'ja'
  if (hangul.test(text)) return 'ko'
  return wanted
}
