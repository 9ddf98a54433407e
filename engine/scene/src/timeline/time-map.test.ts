import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tinyLottie } from '../fixtures/tiny-template.ts'
import type { Lottie, Marker } from '../lottie/lottie-json.ts'
import { innerTime, isIdentity, mapTime, shortestLength, stillFrames, type TimeMap } from './time-map.ts'

const mark = (cm: string, tm: number, dr: number): Marker => ({ cm: `flatrender:${cm}`, tm, dr })
const lottie = (op: number, ...markers: Marker[]): Lottie => tinyLottie({ op, markers })
const spansOf = ({ spans }: TimeMap) =>
  spans.map(({ from, to, innerFrom, innerTo }) =>
    [from, to, innerFrom, innerTo].map((at) => Math.round(at * 1000) / 1000),
  )

test('as long as designed is as designed', () => {
  const map = mapTime(lottie(60, mark('hold', 30, 0)), 60, 30)
  assert.ok(isIdentity(map))
  assert.deepEqual(spansOf(map), [[0, 60, 0, 60]])
})

test('without markers a longer scene stands still at its best frame, a shorter one plays faster', () => {
  assert.deepEqual(spansOf(mapTime(lottie(60), 100, 30)), [
    [0, 30, 0, 30],
    [30, 70, 30, 30],
    [70, 100, 30, 60],
  ])
  assert.deepEqual(spansOf(mapTime(lottie(60), 30, 30)), [[0, 30, 0, 60]])
  const offset = { ...lottie(70), ip: 10 }
  assert.deepEqual(spansOf(mapTime(offset, 100, 30)), [
    [0, 30, 10, 40],
    [30, 70, 40, 40],
    [70, 100, 40, 70],
  ])
})

test('a hold plays through and then stands still; shortened, its end goes first', () => {
  const held = lottie(60, mark('hold', 20, 20))
  assert.deepEqual(spansOf(mapTime(held, 90, 0)), [
    [0, 20, 0, 20],
    [20, 40, 20, 40],
    [40, 70, 40, 40],
    [70, 90, 40, 60],
  ])
  assert.deepEqual(spansOf(mapTime(held, 50, 0)), [
    [0, 20, 0, 20],
    [20, 30, 20, 30],
    [30, 50, 40, 60],
  ])
  assert.equal(shortestLength(held), 40)
})

test('a hold at the very end still shows something', () => {
  for (const step of [undefined, 0.5, 1, 2.5]) {
    for (const animation of [lottie(60), lottie(60, mark('hold', 40, 20)), lottie(60, mark('hold', 60, 0))]) {
      const map = mapTime(animation, 100, 60, step)
      for (let frame = 0; frame < 100; frame += step ?? 1)
        assert.ok(innerTime(map, frame) < 59.99, `${frame}: ${innerTime(map, frame)}`)
    }
  }
})

test('a loop plays whole passes, a little faster or slower', () => {
  const looped = lottie(60, mark('loop', 20, 20))
  assert.deepEqual(spansOf(mapTime(looped, 110, 0)), [
    [0, 20, 0, 20],
    [20, 37.5, 20, 40],
    [37.5, 55, 20, 40],
    [55, 72.5, 20, 40],
    [72.5, 90, 20, 40],
    [90, 110, 40, 60],
  ])
  assert.equal(shortestLength(looped), 50)
})

test('several regions share what is added', () => {
  const map = mapTime(lottie(60, mark('loop', 40, 10), mark('hold', 10, 0)), 80, 0)
  assert.deepEqual(spansOf(map), [
    [0, 10, 0, 10],
    [10, 20, 10, 10],
    [20, 50, 10, 40],
    [50, 60, 40, 50],
    [60, 70, 40, 50],
    [70, 80, 50, 60],
  ])
})

test('shorter than the markers bear, all plays faster', () => {
  const map = mapTime(lottie(60, mark('hold', 20, 20)), 20, 0)
  assert.deepEqual(spansOf(map), [
    [0, 10, 0, 20],
    [10, 20, 40, 60],
  ])
})

test('markers that mean nothing are passed over', () => {
  const odd = [
    { cm: 7, tm: 1, dr: 1 },
    { tm: 3 },
    { cm: 'flatrender:hold', tm: 'x' },
    { cm: 'flatrender:loop', tm: 3, dr: 1e-9 },
  ]
  const map = mapTime({ ...lottie(60), markers: odd as unknown as Marker[] }, 1e6, 30)
  assert.equal(map.spans.length, 3)
})

test('frames that show the same moment are told', () => {
  assert.deepEqual(stillFrames(mapTime(lottie(60), 100, 30), 1), [[31, 70]])
  assert.deepEqual(stillFrames(mapTime(lottie(60), 100, 30), 0.5), [[61, 140]])
  assert.deepEqual(stillFrames(mapTime(lottie(60), 100, 30, 1), 1), [])
})

const scene = fc
  .record({
    op: fc.integer({ min: 20, max: 200 }),
    markers: fc.array(
      fc.record({
        cm: fc.constantFrom('flatrender:hold', 'flatrender:loop', ' flatrender:hold ', 'other'),
        tm: fc.integer({ min: -10, max: 220 }),
        dr: fc.integer({ min: 0, max: 80 }),
      }),
      { maxLength: 4 },
    ),
    snapshot: fc.integer({ min: 0, max: 250 }),
    factor: fc.double({ min: 0.1, max: 8, noNaN: true }),
    step: fc.constantFrom(undefined, 0.5, 0.8, 1, 1.25, 2),
  })
  .map(({ op, markers, snapshot, factor, step }) => {
    const animation = tinyLottie({ op, markers })
    // With a video in it, a scene lasts whole output frames.
    const length = step === undefined ? op * factor : Math.max(1, Math.round((op * factor) / step)) * step
    return { animation, length, step, map: mapTime(animation, length, snapshot, step) }
  })

test('spans follow each other from 0 to the length, and time runs forward in each', () => {
  fc.assert(
    fc.property(scene, ({ map, length, animation }) => {
      assert.ok(map.spans.length > 0)
      let at = 0
      for (const span of map.spans) {
        assert.ok(Math.abs(span.from - at) < 1e-6)
        assert.ok(span.to > span.from && span.innerTo >= span.innerFrom)
        assert.ok(span.innerFrom >= animation.ip && span.innerTo <= animation.op + 1)
        at = span.to
      }
      assert.ok(Math.abs(at - length) < 1e-6, `${at} ≠ ${length}`)
    }),
  )
})

test('what lies before the first region and after the last keeps its speed, unless all must be faster', () => {
  fc.assert(
    fc.property(scene, ({ map, length, animation }) => {
      const shortest = shortestLength(animation)
      if (shortest === undefined ? length < animation.op : length < shortest) return
      for (const span of [map.spans[0]!, map.spans.at(-1)!]) {
        const isEdge = span.innerFrom === animation.ip || span.innerTo === animation.op
        if (isEdge && !isStretched(animation, span.innerFrom, span.innerTo))
          assert.ok(Math.abs(span.to - span.from - (span.innerTo - span.innerFrom)) < 1e-6)
      }
    }),
  )
})

/** Does a loop reach into it? Loops may change their speed. */
function isStretched({ markers = [] }: Lottie, from: number, to: number): boolean {
  return markers.some(({ cm, tm, dr }) => cm.includes('loop') && tm < to && tm + dr > from) || to - from < 1
}

test('with a video in it, no two output frames of a scene show the same time', () => {
  fc.assert(
    fc.property(scene, ({ map, step, length }) => {
      if (step === undefined) return
      const times = Array.from({ length: Math.floor(length / step) }, (_, frame) =>
        innerTime(map, frame * step),
      )
      const sorted = [...times].sort((a, b) => a - b)
      for (const [index, time] of sorted.entries())
        if (index > 0) assert.ok(time - sorted[index - 1]! > 2e-5, `${sorted[index - 1]} ${time}`)
    }),
    { numRuns: 300 },
  )
})
