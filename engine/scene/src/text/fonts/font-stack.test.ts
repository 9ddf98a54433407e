import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { openFallbacks } from '../corpus/open-corpus.ts'
import { createFontStack } from './font-stack.ts'
import { requiredFallbacks } from './required-fallbacks.ts'
import { openTextEngine } from './text-engine.ts'

const fallbacks = await openFallbacks([
  { id: '', text: 'Hello سلام (x)، 世界 →' },
  { id: '', text: 'ٹھیک', language: 'ur' },
])

function stack(language: string, weight = 400) {
  return createFontStack({ family: 'Any', style: 'normal', weight, fonts: [], fallbacks, language })
}

test('chooses the hand by language', () => {
  assert.equal(stack('fa').pick('ک', 'Arab').font.fallback, 'vazirmatn')
  assert.equal(stack('ur').pick('ک', 'Arab').font.fallback, 'noto-nastaliq-urdu')
})

test('sets signs of no script in the font of their neighbour', () => {
  const arabic = stack('fa').pick('س', 'Arab').font
  assert.equal(stack('fa').pick('(', 'Zyyy', arabic).font.fallback, 'vazirmatn')
  assert.equal(stack('fa').pick('(', 'Zyyy').font.fallback, 'noto-sans')
})

test('gives variable fonts the weight of the text', () => {
  const light = stack('fa', 300).pick('س', 'Arab').font
  const black = stack('fa', 900).pick('س', 'Arab').font
  assert.deepEqual([light.weight, black.weight], [300, 900])
  assert.notDeepEqual(light.outline(30), black.outline(30))
})

test('prefers the template’s own fonts: the family first, then the nearest weight', () => {
  const [base] = fallbacks.filter((font) => font.fallback === 'noto-sans')
  assert.ok(base !== undefined)
  const own = [
    { ...base, family: 'Other', weight: 700 },
    { ...base, family: 'Brand', weight: 300 },
    { ...base, family: 'Brand', weight: 800 },
  ].map((font) => ({ ...font, atWeight: () => font }))
  const found = createFontStack({ family: 'brand', style: 'normal', weight: 700, fonts: own, fallbacks })
  assert.deepEqual([found.primary.family, found.primary.weight, found.familyFound], ['Brand', 800, true])
})

test('says what is missing, and fails without any font', () => {
  assert.equal(stack('').pick('\u{13000}', 'Zzzz').missing, true)
  assert.throws(
    () => createFontStack({ family: 'A', style: 'normal', weight: 400, fonts: [], fallbacks: [] }),
    (error) => isFlatRenderError(error, 'FONT_MISSING'),
  )
})

test('asks only for fallback fonts of what the template’s fonts lack', () => {
  const latin = fallbacks.filter((font) => font.fallback === 'noto-sans')
  assert.deepEqual(requiredFallbacks([{ text: 'Hello' }], latin), [])
  const requests = requiredFallbacks([{ text: 'Hello سلام' }, { text: '2', digits: 'persian' }], latin)
  assert.deepEqual(requests, [
    { candidates: ['vazirmatn', 'noto-naskh-arabic'], clusters: ['ا', 'س', 'ل', 'م', '۲'] },
  ])
  const [digits] = requiredFallbacks([{ text: '2', digits: 'arabic' }], latin)
  assert.deepEqual([digits?.candidates[0], digits?.clusters], ['vazirmatn', ['٢']])
})

test('refuses what is no font', async () => {
  const engine = await openTextEngine()
  const source = { family: 'Broken', style: 'normal', weight: 400, hash: '' }
  for (const bytes of [
    new Uint8Array(0),
    new Uint8Array(100),
    new Uint8Array([0, 1, 0, 0, ...new Array(200).fill(7)]),
  ]) {
    assert.throws(
      () => engine.openFont({ ...source, bytes }),
      (error) => isFlatRenderError(error, 'FONT_UNREADABLE'),
    )
  }
})
