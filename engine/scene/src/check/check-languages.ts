import type { Font } from '../text/fonts/font.ts'
import { createFinding, type Finding } from './finding.ts'

/** Letters that writing a language takes, beside digits and common signs. Languages that aren't here aren't judged. */
const LETTERS: Readonly<Record<string, string>> = {
  en: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?’“”-–—()&%',
  de: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÄÖÜäöüßẞ0123456789.,:;!?„“–()%',
  fr: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ0123456789.,:;!?«»’–()%',
  es: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÁÉÍÑÓÚÜáéíñóúü0123456789.,:;¡!¿?«»–()%',
  pt: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÁÂÃÀÇÉÊÍÓÔÕÚáâãàçéêíóôõú0123456789.,:;!?«»–()%',
  tr: 'ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZabcçdefgğhıijklmnoöprsştuüvyz0123456789.,:;!?“”–()%',
  ru: 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя0123456789.,:;!?«»–()%',
  el: 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ0123456789.,·;!«»–()%',
  fa: 'آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءأؤئۀ۰۱۲۳۴۵۶۷۸۹.،:؛!؟«»()٪',
  ar: 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي٠١٢٣٤٥٦٧٨٩.،:؛!؟«»()',
  ur: 'آابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے۔،؛؟',
  he: 'אבגדהוזחטיךכלםמןנסעףפץצקרשת0123456789.,:;!?()',
  hi: 'अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौ्ंः।०१२३४५६७८९',
}

/** Declared languages whose letters the template's own fonts lack; ours would stand in for them. */
export function checkLanguages(languages: readonly string[], fonts: readonly Font[]): Finding[] {
  return languages.flatMap((language) => {
    const letters = LETTERS[language.split('-')[0]!.toLowerCase()] ?? ''
    const missing = [...letters].filter((letter) => !fonts.some((font) => font.has(letter.codePointAt(0)!)))
    if (missing.length === 0) return []
    return [createFinding('LANGUAGE_UNCOVERED', 'warning', { language, characters: missing.join('') })]
  })
}
