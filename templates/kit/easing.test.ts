import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Easing, easing, evaluateEasing } from './easing.ts'

const curves = Object.entries(easing) as [keyof typeof easing, Easing][]

test('every curve begins at 0 and ends at 1', () => {
  for (const [name, curve] of curves) {
    assert.equal(evaluateEasing(curve, 0), 0, name)
    assert.equal(evaluateEasing(curve, 1), 1, name)
  }
})

test('only the curve called linear is linear', () => {
  for (const [name, curve] of curves) {
    const bend = Math.max(
      ...[0.15, 0.3, 0.5, 0.7, 0.85].map((time) => Math.abs(evaluateEasing(curve, time) - time)),
    )
    assert.equal(bend > 0.02, name !== 'linear', name)
  }
})

test('time never runs backwards: the handles stay within the segment', () => {
  for (const [name, [x1, , x2]] of curves) assert.ok(x1 >= 0 && x1 <= 1 && x2 >= 0 && x2 <= 1, name)
})

test('a curve whose handles stay within never leaves 0…1', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(share, share, share, share, share, (x1, y1, x2, y2, time) => {
      const progress = evaluateEasing([x1, y1, x2, y2], time)
      assert.ok(progress >= -1e-9 && progress <= 1 + 1e-9)
    }),
  )
})

test('overshoot passes its goal, anticipate steps back', () => {
  const times = Array.from({ length: 99 }, (_, index) => (index + 1) / 100)
  assert.ok(Math.max(...times.map((time) => evaluateEasing(easing.overshoot, time))) > 1.02)
  assert.ok(Math.min(...times.map((time) => evaluateEasing(easing.anticipate, time))) < -0.005)
})
