import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import { openPainter } from './open-painter.ts'

const still = (value: unknown) => ({ a: 0, k: value })

// A red bar, two pixels wide, that moves one pixel a frame across 100×50, half transparent.
const movingBar = JSON.stringify({
  v: '5.9.0',
  fr: 30,
  ip: 0,
  op: 100,
  w: 100,
  h: 50,
  layers: [
    {
      ty: 1,
      ind: 1,
      ip: 0,
      op: 100,
      st: 0,
      sr: 1,
      sw: 2,
      sh: 50,
      sc: '#ff0000',
      ks: {
        o: still(50),
        r: still(0),
        p: {
          a: 1,
          k: [
            { t: 0, s: [0, 0, 0], i: { x: 0.8333, y: 0.8333 }, o: { x: 0.1667, y: 0.1667 } },
            { t: 100, s: [100, 0, 0] },
          ],
        },
        a: still([0, 0, 0]),
        s: still([100, 100, 100]),
      },
    },
  ],
})

function open(background: string | null, width = 100, height = 50) {
  return openPainter({ lottie: movingBar, width, height, background, resourcePath: '.' })
}

const pixel = (rgba: Buffer, index: number) => [...rgba.subarray(index * 4, index * 4 + 4)]

test('a painter tells length and rate, and scales the composition to the output', () => {
  const painter = open('#ffffff', 200, 100)
  assert.equal(painter.frames, 100)
  assert.equal(painter.fps, 30)
  const rgba = painter.paint(10)
  assert.equal(rgba.length, 200 * 100 * 4)
  assert.deepEqual(pixel(rgba, 200 * 50 + 22), [255, 127, 127, 255])
  assert.deepEqual(pixel(rgba, 200 * 50 + 40), [255, 255, 255, 255])
})

test('pixels are premultiplied', () => {
  assert.deepEqual(pixel(open(null).paint(10), 10), [128, 0, 0, 128])
  assert.deepEqual(pixel(open(null).paint(10), 40), [0, 0, 0, 0])
})

test('a fractional frame lies between its neighbours, and order does not matter', () => {
  const painter = open(null)
  const between = Buffer.from(painter.paint(10.5))
  assert.deepEqual(pixel(between, 10), [64, 0, 0, 64])
  painter.paint(90)
  assert.ok(painter.paint(10.5).equals(between))
})

test('a document that is no Lottie is refused with a reason', () => {
  const load = (lottie: string) => () =>
    openPainter({ lottie, width: 8, height: 8, background: null, resourcePath: '.' })
  for (const [lottie, reason] of [
    ['nope', /not JSON/],
    ['{"v":"5.5.0","w":8,"h":8}', /lacks fr, op, layers/],
    ['{"v":"5.5.0","fr":30,"ip":0,"op":9,"w":0,"h":8,"layers":[]}', /not positive/],
  ] as const)
    assert.throws(
      load(lottie),
      (error) => isFlatRenderError(error, 'LOTTIE_UNREADABLE') && reason.test(error.message),
    )
})
