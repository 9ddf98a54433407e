import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { openTextEngine } from '@flatrender/engine-scene'
import { fallbackPackages } from './fallback-packages.ts'
import { loadFallbacks } from './load-fallbacks.ts'
import { loadFont, readFont } from './load-font.ts'
import { readCoverage } from './read-coverage.ts'

/** A word of each script that a fallback font is there for. */
const words = {
  'noto-sans': 'Ωмир',
  vazirmatn: 'سلام',
  'noto-naskh-arabic': 'سلام',
  'noto-nastaliq-urdu': 'ٹھیک',
  'noto-sans-hebrew': 'שָׁלוֹם',
  'noto-sans-devanagari': 'शक्ति',
  'noto-sans-bengali': 'নমস্কার',
  'noto-sans-thai': 'สวัสดี',
  'noto-sans-jp': 'こんにちは',
  'noto-sans-sc': '你好',
  'noto-sans-kr': '안녕',
  'noto-emoji': '🎉',
  'noto-sans-math': '→∑',
  'noto-sans-symbols-2': '★',
} as const

for (const [id, word] of Object.entries(words)) {
  test(`${id} has the letters of “${word}”`, async () => {
    const candidates = [id as keyof typeof fallbackPackages]
    const sources = await loadFallbacks([{ candidates, clusters: [...word] }])
    const engine = await openTextEngine()
    const fonts = sources.map((source) => engine.openFont(source))
    for (const letter of word)
      assert.ok(
        fonts.some((font) => font.has(letter.codePointAt(0) as number)),
        letter,
      )
    for (const source of sources) assert.equal(source.fallback, id)
  })
}

test('every fallback font is tried here', () => {
  assert.deepEqual(Object.keys(words).sort(), Object.keys(fallbackPackages).sort())
})

test('takes the next candidate where the first has not the character', async () => {
  const sources = await loadFallbacks([
    { candidates: ['noto-sans', 'noto-sans-symbols-2'], clusters: ['★', 'a'] },
  ])
  assert.deepEqual(
    sources.map(({ fallback }) => fallback),
    ['noto-sans', 'noto-sans-symbols-2'],
  )
})

test('loads the file that holds a whole emoji sequence', async () => {
  const sources = await loadFallbacks([{ candidates: ['noto-emoji'], clusters: ['🇮🇷', '👨‍👩‍👧'] }])
  assert.equal(sources.length, 2)
})

test('loads nothing for what nobody has', async () => {
  assert.deepEqual(await loadFallbacks([{ candidates: ['noto-sans'], clusters: ['\u{13000}'] }]), [])
})

test('refuses missing, damaged and outdated files', async () => {
  const description = { family: 'X', style: 'normal', weight: 400 }
  await assert.rejects(loadFont('/nowhere.ttf', description), (error) =>
    isFlatRenderError(error, 'FONT_NOT_FOUND'),
  )
  for (const head of ['wOF2 broken', 'wOFF']) {
    const bytes = new TextEncoder().encode(head)
    await assert.rejects(readFont(bytes, 'x', description), (error) =>
      isFlatRenderError(error, 'FONT_UNREADABLE'),
    )
  }
})

test('reads no coverage out of a font that has none', () => {
  assert.equal(readCoverage(new Uint8Array(64)).size, 0)
})
