import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupSegments } from './group-segments.ts'

/** Segments of 100 frames each: of which pieces, and from which frame. */
const segments = (...places: [piece: number, from: number][]) =>
  places.map(([piece, from], index) => ({
    key: String(index),
    piece,
    from,
    to: from + 100,
    start: index * 100,
  }))
const keys = (groups: readonly (readonly { key: string }[])[]) =>
  groups.map((group) => group.map(({ key }) => key).join(''))

test('consecutive segments of one piece go together, up to eight seconds of work', () => {
  const row = segments([0, 0], [0, 100], [0, 200], [0, 300], [0, 400])
  assert.deepEqual(keys(groupSegments(row, { msPerFrame: 20, idleWorkers: 0 })), ['0123', '4'])
  assert.deepEqual(keys(groupSegments(row, { msPerFrame: 200, idleWorkers: 0 })), ['0', '1', '2', '3', '4'])
})

test('what isn’t consecutive, or of another piece, is another job', () => {
  const row = segments([0, 0], [0, 200], [1, 300], [1, 400])
  assert.deepEqual(keys(groupSegments(row, { msPerFrame: 1, idleWorkers: 0 })), ['23', '0', '1'])
})

test('workers that would stand idle get several jobs each, and end together', () => {
  const row = segments(...Array.from({ length: 8 }, (_, index): [number, number] => [0, index * 100]))
  assert.deepEqual(keys(groupSegments(row, { msPerFrame: 1, idleWorkers: 1 })), ['01', '23', '45', '67'])
  assert.equal(groupSegments(row, { msPerFrame: 1, idleWorkers: 2 }).length, 8)
})

test('the longest jobs come first, and otherwise all stay in their order', () => {
  const row = segments([0, 0], [1, 0], [1, 100], [2, 0])
  assert.deepEqual(keys(groupSegments(row, { msPerFrame: 1, idleWorkers: 0 })), ['12', '0', '3'])
})

test('nothing missing is no job', () => {
  assert.deepEqual(groupSegments([], { msPerFrame: 1, idleWorkers: 3 }), [])
})
