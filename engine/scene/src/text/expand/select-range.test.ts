import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RangeSelector } from '../../lottie/lottie-json.ts'
import { selectRange } from './select-range.ts'

const domains = {
  characters: [[0], [1], [2], [3]],
  visibleCharacters: [[0], [1], [3]],
  words: [[0, 1], [3]],
  lines: [[0, 1, 2, 3]],
}

function select(selector: Partial<Record<keyof RangeSelector, number>>): number[] {
  const animated = ['s', 'e', 'o', 'a', 'xe', 'ne', 'sm']
  const entries = Object.entries(selector).map(([name, value]) => [
    name,
    animated.includes(name) ? { a: 0, k: value } : value,
  ])
  return [...selectRange(Object.fromEntries(entries) as RangeSelector, domains, 4, 0)].map(
    (value) => Math.round(value * 1000) / 1000,
  )
}

test('a square covers its range; its smoothness softens the edges', () => {
  assert.deepEqual(select({ s: 0, e: 50 }), [1, 1, 0, 0])
  assert.deepEqual(select({ s: 0, e: 62.5 }), [1, 1, 0.5, 0])
  assert.deepEqual(select({ s: 0, e: 62.5, sm: 0 }), [1, 1, 0, 0])
  assert.deepEqual(select({ r: 2, s: 1, e: 3 }), [0, 1, 1, 0])
  assert.deepEqual(select({ s: 0, e: 50, o: 50 }), [0, 0, 1, 1])
  assert.deepEqual(select({ s: 100, e: 0 }), [1, 1, 1, 1])
})

test('ramps, triangle, round and smooth are sampled in the middle of each unit', () => {
  assert.deepEqual(select({ sh: 2 }), [0.125, 0.375, 0.625, 0.875])
  assert.deepEqual(select({ sh: 3 }), [0.875, 0.625, 0.375, 0.125])
  assert.deepEqual(select({ sh: 4 }), [0.25, 0.75, 0.75, 0.25])
  const [round = 0, inner = 0] = select({ sh: 5 })
  assert.ok(round > 0.6 && inner > 0.95)
  assert.deepEqual(select({ sh: 6 }), [0.106, 0.894, 0.894, 0.106])
})

test('counts characters, visible characters, words or lines', () => {
  assert.deepEqual(select({ b: 2, sh: 2 }), [0.167, 0.5, 0, 0.833])
  assert.deepEqual(select({ b: 3, sh: 2 }), [0.25, 0.25, 0, 0.75])
  assert.deepEqual(select({ b: 4, sh: 2 }), [0.5, 0.5, 0.5, 0.5])
})

test('amount scales and eases bend, either way', () => {
  assert.deepEqual(select({ a: -50 }), [-0.5, -0.5, -0.5, -0.5])
  const [first = 1] = select({ sh: 2, ne: 100 })
  assert.ok(first < 0.05)
  const [lifted = 0] = select({ sh: 2, ne: -100 })
  assert.ok(lifted > 0.4)
})
