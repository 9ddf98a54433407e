import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { corpusStack, openFallbacks } from '../corpus/open-corpus.ts'
import { layoutText } from './layout-text.ts'

const alphabet = [
  ...'abfiAVT .,()-–«»"1234 سلامدنیاویخ\u200c\u064bשלוםकषर्िठ สวัสดี你好。😀👍🏽🇮🇷\u200d\u0301\n\u0003\u00a0',
]
const fallbacks = await openFallbacks([{ id: 'all', text: alphabet.join('') }])
const stack = corpusStack(fallbacks, { id: '', text: '' })
const known = fc.array(fc.constantFrom(...alphabet), { maxLength: 60 }).map((letters) => letters.join(''))
const anything = fc.oneof(
  known,
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme' }),
)
const width = fc.integer({ min: 30, max: 900 })
const runs = { numRuns: 150, seed: 20240607 }

test('every character is in exactly one unit and one line', () => {
  fc.assert(
    fc.property(anything, width, (text, boxWidth) => {
      const box = { x: 0, y: 0, width: boxWidth, height: 500 }
      const layout = layoutText({ text, size: 30, lineHeight: 40, box }, stack)
      const times = new Array<number>(layout.text.length).fill(0)
      for (const unit of layout.units) {
        for (let offset = unit.start; offset < unit.end; offset++) times[offset] = (times[offset] ?? 0) + 1
        const line = layout.lines[unit.line]
        assert.ok(line !== undefined && unit.start >= line.start && unit.end <= line.end)
      }
      for (let offset = 0; offset < layout.text.length; offset++) {
        const parts = layout.text[offset] === '\n' || layout.text[offset] === '\u2028'
        assert.equal(times[offset], parts ? 0 : 1, `offset ${offset} of ${JSON.stringify(layout.text)}`)
      }
      layout.units.forEach((unit, index) => {
        assert.equal(unit.index, index)
      })
    }),
    runs,
  )
})

test('widths of units add up to the line’s, and what fits stays inside', () => {
  fc.assert(
    fc.property(anything, width, fc.integer({ min: 0, max: 200 }), (text, boxWidth, tracking) => {
      const box = { x: 10, y: 0, width: boxWidth, height: 500 }
      const layout = layoutText({ text, size: 30, lineHeight: 40, tracking, box, fit: 'wrap+shrink' }, stack)
      for (const line of layout.lines) {
        if (layout.fits !== 'overflows') assert.ok(line.width <= boxWidth + 0.02)
        const units = layout.units.filter((unit) => unit.line === line.index).sort((a, b) => a.x - b.x)
        const inside = units.filter(({ x }) => x >= line.x - 0.001 && x < line.x + line.width + 0.001)
        const right = Math.max(line.x, ...inside.filter((u) => !u.isSpace).map((u) => u.x + u.advance))
        assert.ok(right <= line.x + line.width + 0.001)
        for (let index = 1; index < units.length; index++) {
          const [before, after] = [units[index - 1], units[index]]
          const gap = (after?.x ?? 0) - (before?.x ?? 0) - (before?.advance ?? 0)
          assert.ok(Math.abs(gap - (tracking / 1000) * layout.size) < 0.001, `gap ${gap}`)
        }
      }
    }),
    runs,
  )
})

test('a wider place never makes a line smaller', () => {
  fc.assert(
    fc.property(known, width, fc.integer({ min: 1, max: 300 }), (text, narrow, more) => {
      const at = (maxWidth: number): number =>
        layoutText({ text, size: 30, lineHeight: 40, maxWidth, fit: 'shrink', minScale: 0.1 }, stack).scale
      assert.ok(at(narrow) <= at(narrow + more))
    }),
    runs,
  )
})

test('equal requests give equal layouts', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const request = {
        text,
        size: 33.3,
        lineHeight: 40,
        maxWidth: 300,
        fit: 'wrap+shrink' as const,
        maxLines: 3,
      }
      const once = layoutText(request, stack)
      const twice = layoutText(request, stack)
      assert.deepEqual(once.lines, twice.lines)
    }),
    runs,
  )
})
