import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fitPicture } from './fit-picture.ts'

const side = fc.integer({ min: 1, max: 5000 })
const size = fc.record({ width: side, height: side })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const focal = fc.record({ x: share, y: share })
const crop = fc
  .record({
    x: fc.double({ min: 0, max: 0.9, noNaN: true }),
    y: fc.double({ min: 0, max: 0.9, noNaN: true }),
    w: share,
    h: share,
  })
  .map(({ x, y, w, h }) => ({
    x,
    y,
    width: Math.max(0.01, (1 - x) * w),
    height: Math.max(0.01, (1 - y) * h),
  }))

/** The visible part of the picture along one axis, in the box's pixels: from, to, the box's size, the focal point. */
function axes(
  picture: { width: number; height: number },
  box: { width: number; height: number },
  fit: 'cover' | 'contain',
  point: { x: number; y: number },
  part: { x: number; y: number; width: number; height: number },
) {
  const { scale, x, y, visible } = fitPicture(picture, box, fit, point, part)
  const axis = (at: number, start: number, length: number, whole: number, focus: number) => ({
    from: at + start * scale,
    to: at + (start + length) * scale,
    whole,
    focus: at + focus * scale,
  })
  return [
    axis(x, visible.x, visible.width, box.width, point.x * picture.width),
    axis(y, visible.y, visible.height, box.height, point.y * picture.height),
  ]
}
const NEAR = 1e-6

test('covering leaves no part of the box empty, and touches it along one axis', () => {
  fc.assert(
    fc.property(size, size, focal, crop, (picture, box, point, part) => {
      const both = axes(picture, box, 'cover', point, part)
      for (const { from, to, whole } of both) assert.ok(from <= NEAR * whole && to >= whole - NEAR * whole)
      assert.ok(both.some(({ from, to, whole }) => Math.abs(to - from - whole) < NEAR * whole))
    }),
  )
})

test('covering, the focal point is seen and as near the middle as the picture reaches', () => {
  fc.assert(
    fc.property(size, size, crop, share, share, (picture, box, part, fx, fy) => {
      // A focal point outside the part that is used has nothing to say.
      const point = { x: part.x + part.width * fx, y: part.y + part.height * fy }
      for (const { from, to, whole, focus } of axes(picture, box, 'cover', point, part)) {
        const slack = NEAR * (to - from)
        assert.ok(focus >= -slack && focus <= whole + slack)
        const wanted = whole / 2 - focus
        if (wanted > slack) assert.ok(Math.abs(from) <= slack, 'it could move right or down no further')
        if (wanted < -slack) assert.ok(Math.abs(to - whole) <= slack, 'it could move left or up no further')
      }
    }),
  )
})

test('containing shows all of the part in the middle, as large as it can be', () => {
  fc.assert(
    fc.property(size, size, focal, crop, (picture, box, point, part) => {
      const both = axes(picture, box, 'contain', point, part)
      for (const { from, to, whole } of both) {
        assert.ok(from >= -NEAR * whole && to <= whole + NEAR * whole)
        assert.ok(Math.abs(from - (whole - to)) < NEAR * whole)
      }
      assert.ok(both.some(({ from, to, whole }) => Math.abs(to - from - whole) < NEAR * whole))
    }),
  )
})

test('only a contained part needs a mask', () => {
  const [picture, box, middle] = [
    { width: 9, height: 9 },
    { width: 5, height: 5 },
    { x: 0.5, y: 0.5 },
  ]
  const part = { x: 0.5, y: 0, width: 0.5, height: 1 }
  assert.deepEqual(
    [
      fitPicture(picture, box, 'contain', middle, part),
      fitPicture(picture, box, 'contain', middle),
      fitPicture(picture, box, 'cover', middle, part),
    ].map(({ cut }) => cut),
    [true, false, false],
  )
})
