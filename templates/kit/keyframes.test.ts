import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { easing } from './easing.ts'
import { animate, tween } from './keyframes.ts'
import { oscillate } from './oscillate.ts'
import { sampleProperty } from './sample-property.ts'
import { spring } from './spring.ts'
import { stagger, staggerFromCenter } from './stagger.ts'

test('keys out of order are refused', () => {
  assert.throws(
    () =>
      animate([
        { at: 4, value: 0 },
        { at: 4, value: 1 },
      ]),
    /not after/,
  )
  assert.throws(() => animate([]), /needs a key/)
})

test('a property passes through its keys', () => {
  const keys = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: -500, max: 500 })), {
    minLength: 2,
    maxLength: 8,
  })
  fc.assert(
    fc.property(keys, (steps) => {
      let at = 0
      const list = steps.map(([gap, value]) => {
        at += gap
        return { at, value, ease: easing.standard }
      })
      const property = animate(list)
      for (const { at: frame, value } of list) assert.deepEqual(sampleProperty(property, frame), [value])
    }),
  )
})

test('a hold keeps its value until the next key', () => {
  const property = animate([
    { at: 0, value: 5 },
    { at: 10, value: 9, hold: true },
  ])
  assert.deepEqual(sampleProperty(property, 9.99), [5])
  assert.deepEqual(sampleProperty(property, 10), [9])
})

test('an unnamed curve is not linear', () => {
  const [middle] = sampleProperty(tween(0, 10, 0, 100), 3)
  assert.ok(Math.abs(middle! - 30) > 2)
})

test('a spring ends where it should, passes its goal, and swings less each time', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.15, max: 0.6, noNaN: true }),
      fc.integer({ min: 12, max: 60 }),
      (damping, frames) => {
        const keys = spring({ at: 3, from: 0, to: 100, frames, damping })
        assert.equal(keys.at(-1)!.value, 100)
        assert.equal(keys.at(-1)!.at, 3 + frames)
        const swings = keys.slice(1, -1).map(({ value }) => Math.abs((value as number) - 100))
        assert.ok(swings[0]! > 0)
        for (const [index, swing] of swings.entries()) if (index > 0) assert.ok(swing < swings[index - 1]!)
        animate(keys)
      },
    ),
  )
})

test('a wave repeats after its period, whatever its phase', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.integer({ min: 10, max: 90 }),
      fc.integer({ min: 0, max: 60 }),
      (phase, period, frame) => {
        const wave = oscillate({ low: -3, high: 7, period, phase, frames: 200 })
        const [now] = sampleProperty(wave, frame)
        const [later] = sampleProperty(wave, frame + period)
        assert.ok(Math.abs(now! - later!) < 0.02, `${now} ${later}`)
      },
    ),
  )
})

test('stagger starts things one after the other, or from the middle outwards', () => {
  assert.deepEqual(stagger(3, 10, 4), [10, 14, 18])
  assert.deepEqual(staggerFromCenter(5, 0, 2), [4, 2, 0, 2, 4])
})
