import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOutline } from './read-outline.ts'

test('raises quadratic curves and closes contours without a repeated vertex', () => {
  const [contour] = readOutline(
    [
      { type: 'M', values: [0, 0] },
      { type: 'L', values: [300, 0] },
      { type: 'Q', values: [300, 300, 0, 300] },
      { type: 'L', values: [0, 0] },
      { type: 'Z', values: [] },
    ],
    1000,
  )
  assert.equal(contour?.length, 3)
  assert.equal(contour?.[1]?.outX, 0.3)
  assert.ok(Math.abs((contour?.[1]?.outY ?? 0) - 0.2) < 1e-12)
  assert.ok(Math.abs((contour?.[2]?.inX ?? 0) - 0.2) < 1e-12)
})

test('turns glyphs so that all wind the same way', () => {
  const square = (points: number[][]) =>
    readOutline(
      points.map((values, index) => ({ type: index === 0 ? 'M' : 'L', values })),
      1,
    )[0]?.map(({ x, y }) => `${x},${y}`)
  const counterClockwise = square([
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ])
  const clockwise = square([
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 0],
  ])
  assert.deepEqual(counterClockwise, ['0,0', '1,0', '1,1', '0,1'])
  assert.deepEqual(clockwise, ['1,0', '1,1', '0,1', '0,0'])
})
