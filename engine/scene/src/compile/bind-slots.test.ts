import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tinyLottie } from '../fixtures/tiny-template.ts'
import type { Json, Lottie } from '../lottie/lottie-json.ts'
import type { ResolvedValue } from '../story/story.ts'
import { bindSlots } from './bind-slots.ts'

const PALETTE = { primary: '#ff0000', accent: '#0000ff80' }

/** What becomes of one property when its slot is given a value. */
function bind(property: object, value?: ResolvedValue, slots?: Lottie['slots']): unknown {
  const lottie = tinyLottie({
    ...(slots && { slots }),
    layers: [{ ty: 4, ip: 0, op: 9, st: 0, ks: {}, shapes: [{ ty: 'fl', c: property }] }],
  })
  bindSlots(lottie, new Map(value === undefined ? [] : [['x', value]]), PALETTE)
  assert.equal(lottie.slots, undefined)
  assert.ok(!JSON.stringify(lottie).includes('"sid"'))
  return lottie.layers[0]!.shapes![0]!.c
}
const color = (hex: string): ResolvedValue => ({ type: 'color', color: hex })
const number = (value: number): ResolvedValue => ({ type: 'number', number: value })
const moving = (...values: number[][]): Json => values.map((s, index) => ({ t: index * 10, s }))

test('a colour, still or moving, becomes the given one', () => {
  assert.deepEqual(bind({ a: 0, k: [0, 0, 0, 1], sid: 'x' }, color('#f00')), { a: 0, k: [1, 0, 0, 1] })
  assert.deepEqual(bind({ a: 1, k: moving([0, 0, 0, 1], [1, 1, 1, 1]), sid: 'x' }, color('#ff000080')), {
    a: 0,
    k: [1, 0, 0, 0.502],
  })
})

test('a number sets a scalar, or all axes of a vector', () => {
  assert.deepEqual(bind({ a: 0, k: 5, sid: 'x' }, number(7)), { a: 0, k: 7 })
  assert.deepEqual(bind({ a: 1, k: moving([5], [6]), sid: 'x' }, number(7)), { a: 0, k: 7 })
  assert.deepEqual(bind({ a: 0, k: [100, 100, 100], sid: 'x' }, number(7)), { a: 0, k: [7, 7, 7] })
  assert.deepEqual(bind({ a: 1, k: moving([5, 5], [6, 6]), sid: 'x' }, number(7)), { a: 0, k: [7, 7] })
})

test('a value that does not fit its property leaves it alone', () => {
  assert.deepEqual(bind({ a: 0, k: [0, 0, 0, 1], sid: 'x' }, { type: 'text', text: 'red' }), {
    a: 0,
    k: [0, 0, 0, 1],
  })
  assert.deepEqual(bind({ a: 0, k: 5, sid: 'x' }, color('#f00')), { a: 0, k: 5 })
  const words = { k: [{ t: 0, s: { t: 'a' } }] }
  assert.deepEqual(bind({ ...words, sid: 'x' }, color('#f00')), words)
  assert.deepEqual(bind({ ...words, sid: 'x' }, number(3)), words)
})

test('words go into every document, with a paragraph for each line', () => {
  const documents = {
    k: [
      { t: 0, s: { t: 'a', s: 9 } },
      { t: 5, s: { t: 'b', s: 12 } },
    ],
    sid: 'x',
  }
  assert.deepEqual(bind(documents, { type: 'text', text: 'one\ntwo\r\nthree' }), {
    k: [
      { t: 0, s: { t: 'one\rtwo\rthree', s: 9 } },
      { t: 5, s: { t: 'one\rtwo\rthree', s: 12 } },
    ],
  })
})

test('without a value the template’s own slot decides, and without that the property', () => {
  assert.deepEqual(
    bind({ a: 0, k: [0, 0, 0, 1], sid: 'x' }, undefined, { x: { p: { a: 0, k: [1, 1, 0, 1] } } }),
    { a: 0, k: [1, 1, 0, 1] },
  )
  assert.deepEqual(bind({ a: 0, k: 3, sid: 'x' }, number(9), { x: { p: { a: 0, k: 4 } } }), { a: 0, k: 9 })
  assert.deepEqual(bind({ a: 0, k: 3, sid: 'x' }), { a: 0, k: 3 })
  assert.deepEqual(bind({ a: 0, k: 3, sid: 'constructor' }), { a: 0, k: 3 })
})

test('a picture’s fallback has the shape of an asset', () => {
  const lottie = tinyLottie({
    slots: { logo: { p: { w: 7, h: 8, p: 'own.png' } } },
    assets: [{ id: 'a', sid: 'logo', w: 1, h: 1, u: 'i/', p: 'old.png' }],
  })
  bindSlots(lottie, new Map(), PALETTE)
  assert.deepEqual(lottie.assets, [{ id: 'a', sid: 'logo', w: 7, h: 8, u: '', p: 'own.png', e: 0 }])
})

test('palette roles colour fills, and the stops of gradients in turn', () => {
  assert.deepEqual(bind({ a: 0, k: [0, 0, 0, 1], sid: 'palette.primary' }), { a: 0, k: [1, 0, 0, 1] })
  assert.deepEqual(bind({ a: 0, k: [0, 0, 0, 1], sid: 'palette.unknown' }), { a: 0, k: [0, 0, 0, 1] })
  assert.deepEqual(bind({ a: 0, k: [0, 0, 0, 1], sid: 'palette.constructor' }), { a: 0, k: [0, 0, 0, 1] })
  const gradient = (k: Json, sid: string, a = 0) => bind({ p: 2, k: { a, k, sid } }) as { k: unknown }
  const stops = [0, 0, 0, 0, 1, 0, 0, 0]
  const alpha = [0, 0.5, 1, 0.25]
  const bound = [0, 1, 0, 0, 1, 0, 0, 1]
  assert.deepEqual(gradient([...stops, ...alpha], 'palette.primary, palette.accent').k, {
    a: 0,
    k: [...bound, ...alpha],
  })
  assert.deepEqual(gradient([...stops, ...alpha], 'palette.primary,palette.accent,palette.primary').k, {
    a: 0,
    k: [...bound, ...alpha],
  })
  assert.deepEqual(gradient(stops, 'palette.primary').k, { a: 0, k: [0, 1, 0, 0, 1, 1, 0, 0] })
  assert.deepEqual(
    gradient(
      [
        { t: 0, s: [...stops] },
        { t: 9, s: [...stops] },
      ],
      'palette.primary,palette.accent',
      1,
    ).k,
    {
      a: 1,
      k: [
        { t: 0, s: bound },
        { t: 9, s: bound },
      ],
    },
  )
})
