import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cutSegments, segmentFrames } from './cut-segments.ts'

const rates = fc.constantFrom(
  { num: 1, den: 1 },
  { num: 12, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 60, den: 1 },
)
const pieces = fc
  .tuple(fc.nat(2000), fc.integer({ min: 1, max: 2000 }))
  .map(([from, length]) => ({ from, to: from + length }))

test('segments cover a piece exactly, in order, none longer than the grid', () => {
  fc.assert(
    fc.property(pieces, rates, (piece, fps) => {
      const cut = cutSegments(piece, fps)
      assert.equal(cut[0]?.from, piece.from)
      assert.equal(cut.at(-1)?.to, piece.to)
      for (const [index, { from, to }] of cut.entries()) {
        assert.ok(to > from && to - from <= segmentFrames(fps))
        if (index > 0) assert.equal(from, cut[index - 1]?.to)
      }
    }),
  )
})

test('cuts lie on whole multiples of the grid, wherever the piece begins and ends', () => {
  fc.assert(
    fc.property(pieces, rates, (piece, fps) => {
      for (const { from } of cutSegments(piece, fps).slice(1)) assert.equal(from % segmentFrames(fps), 0)
    }),
  )
})

test('a later start or an earlier end leaves the segments in between as they are', () => {
  fc.assert(
    fc.property(pieces, fc.nat(500), fc.nat(500), rates, (piece, later, earlier, fps) => {
      const inner = { from: piece.from + later, to: piece.to - earlier }
      fc.pre(inner.from < inner.to)
      const whole = new Set(cutSegments(piece, fps).map(({ from, to }) => `${from}-${to}`))
      for (const { from, to } of cutSegments(inner, fps).slice(1, -1)) assert.ok(whole.has(`${from}-${to}`))
    }),
  )
})
