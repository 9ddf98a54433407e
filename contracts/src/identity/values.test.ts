import assert from 'node:assert/strict'
import { test } from 'node:test'
import { language, words } from './values.ts'

test('names are on one line and show as they are written; Persian keeps its joiners and marks', () => {
  for (const name of ['Sara', 'می‌خواهم', 'क्‍ष', 'سَلام', 'O’Brien 👩‍🎨', '\u200Fسارا', '李', '❤️', ''])
    words.parse(name)
  for (const name of [
    'a\nBcc: b',
    'a\r',
    'a\tb',
    'a\0',
    'a\u0085b',
    'a\u2028b',
    'a\u202Ecba',
    'a\u2066b\u2069',
    '\uD800',
    ' ',
    '\u00A0\u3000',
    '\u200B',
    'a\u200Bb',
    '\u200C',
    '\u200D\u200C',
    'Sara\u200C',
    'Sara \u200DB',
    '\u200F',
    '\uFEFFSara',
    'Sa\u2060ra',
    'Sa\u00ADra',
    '\u3164',
    '\u2800\u2800',
    '\u0301',
    'a\uFFFF',
    '\u{1FFFE}',
    'Sara\u{E0041}',
    '\u{E0020}',
  ])
    assert.equal(words.safeParse(name).success, false, JSON.stringify(name))
})

test('a language is a tag of BCP 47, in its canonical form', () => {
  for (const [given, kept] of [
    ['fa', 'fa'],
    ['FA-ir', 'fa-IR'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
  ])
    assert.equal(language.parse(given), kept)
  for (const tag of [
    '',
    'e',
    'english',
    'en_US',
    'en-',
    'en-a',
    'en-US-US',
    `en${'-abcdefgh'.repeat(5)}`,
    'fa\n',
  ])
    assert.equal(language.safeParse(tag).success, false, tag)
})
