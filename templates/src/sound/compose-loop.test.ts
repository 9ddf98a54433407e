import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composeLoop } from './compose-loop.ts'
import { pop, whoosh } from './effects.ts'
import { encodeOpus } from './encode-opus.ts'

const loop = {
  bpm: 120,
  chords: [
    [45, 57, 60, 64],
    [41, 57, 60, 65],
  ],
  arpeggio: [0, 6, 11],
  lead: 'pluck',
  kicks: [0, 2],
  shaker: 0.05,
  brightness: 0.35,
  seed: 2,
} as const

test('a loop has no seam: it goes on at its beginning as it ended', () => {
  const { left } = composeLoop(loop)
  assert.equal(left.length, 4 * 48000)
  const steps = Array.from(left, (sample, index) => Math.abs(sample - left.at(index - 1)!))
  const usual = Math.max(...steps.slice(1000, 20000))
  assert.ok(steps[0]! <= usual, `${steps[0]} against ${usual}`)
})

test('nothing is louder than it may be', () => {
  for (const { left, right } of [composeLoop(loop), pop(), whoosh()])
    for (const channel of [left, right]) assert.ok(channel.every((sample) => Math.abs(sample) <= 0.75))
})

test('the same notes give the same bytes', () => {
  assert.deepEqual(encodeOpus(pop(), 48000), encodeOpus(pop(), 48000))
})
