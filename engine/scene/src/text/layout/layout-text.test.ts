import assert from 'node:assert/strict'
import { test } from 'node:test'
import { corpusStack, openFallbacks } from '../corpus/open-corpus.ts'
import { layoutText } from './layout-text.ts'
import type { TextLayout, TextRequest } from './text-layout.ts'

const words = 'The quick brown fox jumps over the lazy dog'
const persian = 'یک جملهٔ بلند فارسی (با English و ۱۲۳) که در کادر می‌شکند.'
const samples = [
  words,
  persian,
  'Donaudampfschifffahrtsgesellschaft',
  'שלום עולם',
  'สวัสดีชาวโลก ยินดีต้อนรับ',
  '你好，世界。',
]
const texts = samples.map((text) => ({ id: text, text }))
const fallbacks = await openFallbacks(texts)
const stack = corpusStack(fallbacks, { id: '', text: '' })
const box = { x: 0, y: 0, width: 400, height: 400 }

function layout(text: string, request: Partial<TextRequest> = {}): TextLayout {
  return layoutText({ text, size: 40, lineHeight: 50, ...request }, stack)
}

function lines({ text, lines }: TextLayout): string[] {
  return lines.map(({ start, end }) => text.slice(start, end))
}

test('wraps in a box and lets spaces hang', () => {
  const wrapped = layout(words, { box })
  assert.deepEqual(lines(wrapped), ['The quick brown ', 'fox jumps over ', 'the lazy dog'])
  assert.equal(wrapped.fits, 'fits')
  for (const line of wrapped.lines) assert.ok(line.width <= box.width)
})

test('lines are as even as they can be without one line more', () => {
  // A word that is broken between its letters fills its lines.
  for (const text of samples.filter((sample) => /\s/.test(sample))) {
    const wide = layout(text, { box }).lines
    const widest = Math.max(...wide.map(({ width }) => width))
    const narrower = layout(text, { box: { ...box, width: widest * 0.99 - 0.1 } }).lines
    if (wide.length > 1) assert.ok(narrower.length > wide.length, text)
  }
})

test('fully justified lines are filled, since they are stretched to the box', () => {
  const justified = layout(words, { box, justification: 3 })
  assert.deepEqual(lines(justified), ['The quick brown fox ', 'jumps over the lazy ', 'dog'])
})

test('point text stands about its anchor, whatever its direction', () => {
  for (const text of ['Hello', 'سلام']) {
    assert.equal(layout(text).lines[0]?.x, 0)
    const right = layout(text, { justification: 1 }).lines[0]
    assert.ok(Math.abs((right?.x ?? 1) + (right?.width ?? 0)) < 1e-9)
    const center = layout(text, { justification: 2 }).lines[0]
    assert.ok(Math.abs((center?.x ?? 1) + (center?.width ?? 0) / 2) < 1e-9)
  }
})

test('box text starts where its direction starts, and the slot may override it', () => {
  const right = (text: string, request: Partial<TextRequest>): number => {
    const line = layout(text, { box, ...request }).lines[0]
    return (line?.x ?? 0) + (line?.width ?? 0)
  }
  assert.equal(layout('Hello', { box }).lines[0]?.x, 0)
  assert.ok(Math.abs(right('سلام', {}) - 400) < 1e-6)
  assert.ok(Math.abs(layout('سلام', { box, justification: 1 }).lines[0]?.x ?? 1) < 1e-6)
  assert.ok(Math.abs(layout('سلام', { box, alignment: 'left' }).lines[0]?.x ?? 1) < 1e-6)
  assert.ok(Math.abs(right('Hello', { alignment: 'end' }) - 400) < 1e-6)
})

test('justified lines fill the box, the last of a paragraph not', () => {
  const full = layout(words, { box, justification: 3 })
  assert.ok(Math.abs((full.lines[0]?.width ?? 0) - 400) < 1e-6)
  assert.ok((full.lines.at(-1)?.width ?? 400) < 200)
  assert.ok(Math.abs((layout(words, { box, justification: 6 }).lines[1]?.width ?? 0) - 400) < 1e-6)
})

test('breaks a long word only when nothing else is left', () => {
  const narrow = { x: 0, y: 0, width: 200, height: 400 }
  const word = 'Donaudampfschifffahrtsgesellschaft'
  assert.ok(layout(word, { box: narrow }).lines.length > 2)
  const shrunk = layout(word, { box: narrow, fit: 'shrink', minScale: 0.2 })
  assert.equal(shrunk.lines.length, 1)
  assert.equal(shrunk.fits, 'shrunk')
  const broken = layout(word, { box: narrow, fit: 'shrink', minScale: 0.9, maxLines: 9 })
  assert.ok(broken.lines.length > 1)
})

test('fits by shrinking, and says when it cannot', () => {
  const shrunk = layout(words, { maxWidth: 600, fit: 'shrink' })
  assert.equal(shrunk.fits, 'shrunk')
  assert.ok((shrunk.lines[0]?.width ?? 601) <= 600.01)
  assert.ok(shrunk.scale > 60 && shrunk.scale < 100)
  const wrapped = layout(words, { maxWidth: 600, fit: 'wrap+shrink', maxLines: 2 })
  assert.deepEqual([wrapped.lines.length, wrapped.scale], [2, 100])
  const over = layout(words, { maxWidth: 100, fit: 'shrink', minScale: 0.5 })
  assert.deepEqual([over.fits, over.scale], ['overflows', 50])
  assert.equal(layout(words, { box, maxLines: 2 }).fits, 'overflows')
})

test('tracking parts letters that do not join, and no others', () => {
  const tracked = layout('سلام', { tracking: 100 })
  assert.equal(tracked.units.length, 2)
  assert.ok(Math.abs((tracked.lines[0]?.width ?? 0) - (layout('سلام').lines[0]?.width ?? 0) - 4) < 1e-6)
  assert.equal(layout('office').units.length, 4)
  assert.equal(layout('office', { tracking: 100 }).units.length, 6)
})

test('counts units and words in reading order', () => {
  const { units, text } = layout('سلام دنیا ab')
  assert.deepEqual(
    units.map(({ start, end, word }) => `${text.slice(start, end)}${word}`),
    ['سلا0', 'م0', ' 0', 'د1', 'نیا1', ' 1', 'a2', 'b2'],
  )
  assert.ok((units[0]?.x ?? 0) > (units[3]?.x ?? 0))
})

test('counts words of scripts that write no spaces where a line may break', () => {
  assert.deepEqual(
    layout('你好，世').units.map(({ word }) => word),
    [0, 1, 1, 2],
  )
  const thai = layout('สวัสดีชาวโลก')
  assert.equal(thai.units.at(-1)?.word, 2)
})

test('paragraphs have directions of their own, soft breaks have not', () => {
  const { lines } = layout('hello\rسلام\u0003abc')
  assert.deepEqual(
    lines.map((line) => line.direction),
    ['ltr', 'rtl', 'rtl'],
  )
  assert.deepEqual(
    lines.map((line) => line.baseline),
    [0, 50, 100],
  )
})

test('aligns vertically in a box', () => {
  const at = (verticalAlign?: number): TextLayout =>
    layout('Hxg', { box, ...(verticalAlign === undefined ? {} : { verticalAlign }) })
  assert.ok(Math.abs((at(3).ink?.y ?? 1) - 0) < 1e-6)
  const middle = at(4).ink
  assert.ok(Math.abs((middle?.y ?? 0) + (middle?.height ?? 0) / 2 - 200) < 1e-6)
  const bottom = at(5).ink
  assert.ok(Math.abs((bottom?.y ?? 0) + (bottom?.height ?? 0) - 400) < 1e-6)
  assert.ok(Math.abs(at().bounds.y) < 1e-6)
  assert.ok(Math.abs(at(2).bounds.y + at(2).bounds.height - 400) < 1e-6)
})

test('reports characters that no font has, each once', () => {
  assert.deepEqual(layout('a\u{13000}b\u{13000}').missing, ['\u{13000}'])
})

test('sets nothing without failing', () => {
  const empty = layout('')
  assert.equal(empty.lines.length, 1)
  assert.equal(empty.ink, undefined)
  assert.equal(layout('\n\n').lines.length, 3)
  assert.equal(layout('   ', { box }).fits, 'fits')
})
