import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapDigits } from './map-digits.ts'
import { prepareText } from './prepare-text.ts'

test('writes digits of every kind in the wanted one', () => {
  assert.equal(mapDigits('a 09 ۱٢ ३', 'latin'), 'a 09 12 3')
  assert.equal(mapDigits('2024', 'persian'), '۲۰۲۴')
  assert.equal(mapDigits('2024', 'arabic'), '٢٠٢٤')
  assert.equal(mapDigits('۲۰۲۴', 'thai'), '๒๐๒๔')
  assert.equal(mapDigits('2024', 'bengali'), '২০২৪')
  assert.equal(mapDigits('2024', 'devanagari'), '२०२४')
  assert.equal(mapDigits('٢٠', 'keep'), '٢٠')
})

test('cleans paragraphs, soft breaks and controls, and writes capitals', () => {
  assert.equal(prepareText('a\r\nb\rc\u2029d\u0003e\tf\u0007', {}), 'a\nb\nc\nd\u2028e f')
  assert.equal(prepareText('straße', { caps: 1 }), 'STRASSE')
  assert.equal(prepareText('izmir', { caps: 1, language: 'tr' }), 'İZMİR')
  assert.equal(prepareText('\ud800x', {}), '\ufffdx')
})
