import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tinyLottie } from '../fixtures/tiny-template.ts'
import type { Marker } from '../lottie/lottie-json.ts'
import { mapTime } from '../timeline/time-map.ts'
import { checkLottie } from './check-lottie.ts'

const mark = (cm: string, tm: number, dr = 0): Marker => ({ cm, tm, dr })
const lottieOf = (markers: Marker[]) => tinyLottie({ ip: 0, op: 90, markers })
const check = (...markers: Marker[]) =>
  checkLottie(lottieOf(markers), 'a/x.json').map(({ code, message }) => `${code} ${message}`)

test('markers that are heeded, and markers of one’s own, are not complained about', () => {
  const fine = [
    [mark('flatrender:hold', 40)],
    [mark(' flatrender:hold ', 40, 10), mark('flatrender:loop', 50, 20)],
    [mark('chorus', 3), mark('hold', 4), mark('flat', 5)],
  ]
  for (const markers of fine) assert.deepEqual(check(...markers), [])
})

test('whatever begins as ours does and is not ours is named with its frame', () => {
  for (const cm of [
    'flatrender:hodl',
    'flatrender:Hold',
    'Flatrender:loop',
    'flatrender: hold',
    'flatrender-loop',
  ])
    assert.match(check(mark(cm, 12)).join(), new RegExp(`^MARKER_UNKNOWN.*“${cm}” at frame 12 of a/x.json`))
})

test('every marker that stretching would leave out is found, and no other', () => {
  const cases: [Marker[], RegExp | undefined][] = [
    [[mark('flatrender:loop', 20)], /MARKER_TOO_SHORT/],
    [[mark('flatrender:hold', 95)], /MARKER_TOO_SHORT/],
    [[mark('flatrender:loop', 89.5, 10)], /MARKER_TOO_SHORT/],
    [
      [mark('flatrender:hold', 30, 10), mark('flatrender:loop', 10, 25)],
      /MARKERS_OVERLAP.*“flatrender:hold” at frame 30 .*before “flatrender:loop” ends/,
    ],
    [[mark('flatrender:hold', 30, 10), mark('flatrender:loop', 40, 25)], undefined],
  ]
  for (const [markers, expected] of cases) {
    const found = check(...markers)
    assert.equal(found.length, expected === undefined ? 0 : 1, found.join())
    if (expected === undefined) continue
    assert.match(found[0]!, expected)
    // What is complained about is what makes no difference.
    const heeded = markers.filter(({ tm }) => !found[0]!.includes(`frame ${tm} `))
    assert.deepEqual(mapTime(lottieOf(markers), 200, 45), mapTime(lottieOf(heeded), 200, 45))
  }
})
