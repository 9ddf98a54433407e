import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { layoutText } from '../layout/layout-text.ts'
import { corpusStack, openFallbacks, readCorpus } from './open-corpus.ts'

interface GoldenRun {
  readonly font: string
  readonly start: number
  readonly end: number
  /** Glyph id, advance, x offset, y offset in font units, in visual order. */
  readonly glyphs: readonly (readonly [number, number, number, number])[]
}

const golden = JSON.parse(readFileSync(new URL('./golden.json', import.meta.url), 'utf8')) as {
  id: string
  runs: GoldenRun[]
}[]
const corpus = readCorpus()
const fallbacks = await openFallbacks(corpus)
const SIZE = 1000

for (const entry of corpus) {
  test(`lays out ${entry.id} as hb-shape does`, () => {
    const expected = golden.find(({ id }) => id === entry.id)
    assert.ok(expected !== undefined, 'run make-golden.ts')
    const layout = layoutText(
      { text: entry.text, size: SIZE, lineHeight: SIZE },
      corpusStack(fallbacks, entry),
    )
    assert.deepEqual(layout.missing, [])
    assert.equal(layout.lines.length, 1)
    const visual = [...layout.units].sort((a, b) => a.x - b.x || (a.advance === 0 ? -1 : 1))
    const ours = visual.flatMap((unit) =>
      unit.glyphs.map((glyph) => ({
        font: `${glyph.font.family} ${glyph.font.hash.slice(0, 8)}`,
        glyphId: glyph.glyphId,
        x: Math.round(unit.x + glyph.x),
        y: Math.round(-glyph.y),
      })),
    )
    let pen = 0
    const theirs = expected.runs.flatMap(({ font, glyphs }) =>
      glyphs.map(([glyphId, advance, dx, dy]) => {
        const em = fallbacks.find((f) => font.endsWith(f.hash.slice(0, 8)))?.unitsPerEm ?? 1000
        const x = pen + (dx / em) * SIZE
        pen += (advance / em) * SIZE
        return { font, glyphId, x: Math.round(x), y: Math.round((dy / em) * SIZE) }
      }),
    )
    const pairs = sorted(ours).map((glyph, index) => [glyph, sorted(theirs)[index]] as const)
    assert.equal(ours.length, theirs.length)
    for (const [our, their] of pairs) {
      assert.deepEqual([our.font, our.glyphId], [their?.font, their?.glyphId])
      // Versions of HarfBuzz round the anchors of variable fonts differently: by one unit.
      assert.ok(Math.abs(our.x - (their?.x ?? 0)) <= 1, `x of glyph ${our.glyphId}`)
      assert.ok(Math.abs(our.y - (their?.y ?? 0)) <= 1, `y of glyph ${our.glyphId}`)
    }
  })
}

/** Glyphs of no width share a place: their order says nothing. */
function sorted<Glyph extends { x: number; y: number; glyphId: number }>(glyphs: Glyph[]): Glyph[] {
  return [...glyphs].sort((a, b) => a.x - b.x || a.y - b.y || a.glyphId - b.glyphId)
}
