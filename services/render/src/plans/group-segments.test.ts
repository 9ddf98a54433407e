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
  assert.deepEqual(keys(groupSegments(row, { msPerFrame: 1, idleWorkers: 0 })), ['0', '1', '23'])
})

test('no worker stands idle while another has several', () => {
  const row = segments([0, 0], [0, 100], [0, 200], [0, 300])
  assert.deepEqual(keys(groupSegments(row, { msPerFrame: 1, idleWorkers: 2 })), ['01', '23'])
  assert.deepEqual(keys(groupSegments(row, { msPerFrame: 1, idleWorkers: 9 })), ['0', '1', '2', '3'])
})

test('nothing missing is no job', () => {
  assert.deepEqual(groupSegments([], { msPerFrame: 1, idleWorkers: 3 }), [])
})
