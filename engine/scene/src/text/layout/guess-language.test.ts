import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessLanguage } from './guess-language.ts'

test('believes kana and hangul more than a language that has no Han characters', () => {
  assert.equal(guessLanguage('世界です', 'en'), 'ja')
  assert.equal(guessLanguage('안녕', ''), 'ko')
  assert.equal(guessLanguage('世界です', 'zh-Hant'), 'zh-Hant')
  assert.equal(guessLanguage('سلام', 'fa'), 'fa')
  assert.equal(guessLanguage('Hello'), '')
})
