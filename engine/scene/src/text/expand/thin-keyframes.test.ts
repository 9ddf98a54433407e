import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evaluateProperty } from '../../lottie/evaluate-property.ts'
import { thinKeyframes } from './thin-keyframes.ts'

test('keeps a constant without keyframes, and a line with two', () => {
  assert.deepEqual(thinKeyframes([Float64Array.of(5, 5, 5)], 0, 0.01), { a: 0, k: 5 })
  assert.deepEqual(thinKeyframes([Float64Array.of(0, 1, 2, 3)], 10, 0.01), {
    a: 1,
    k: [
      { t: 10, s: [0] },
      { t: 13, s: [3], h: 1 },
    ],
  })
})

test('holds what stays', () => {
  const { k } = thinKeyframes([Float64Array.of(0, 0, 0, 4, 4, 4)], 0, 0.01)
  assert.deepEqual(k, [
    { t: 0, s: [0], h: 1 },
    { t: 2, s: [0] },
    { t: 3, s: [4], h: 1 },
  ])
})

test('every frame stays within the tolerance', () => {
  const samples = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(samples, samples, (xs, ys) => {
      const count = Math.min(xs.length, ys.length)
      const x = Float64Array.from(xs.slice(0, count))
      const y = Float64Array.from(ys.slice(0, count))
      const property = thinKeyframes([x, y], 7, 2)
      for (let frame = 0; frame < count; frame++) {
        const [atX = 0, atY = 0] = evaluateProperty(property, frame + 7, [0, 0])
        assert.ok(Math.abs(atX - (x[frame] ?? 0)) <= 2.001 && Math.abs(atY - (y[frame] ?? 0)) <= 2.001)
      }
    }),
    { seed: 3 },
  )
})
