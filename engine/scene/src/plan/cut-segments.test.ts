import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chooseGrid, cutSegments } from './cut-segments.ts'

const rates = fc.constantFrom(
  { num: 1, den: 1 },
  { num: 12, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 60, den: 1 },
)
const grids = fc.integer({ min: 1, max: 200 })
const pieces = fc
  .tuple(fc.nat(2000), fc.integer({ min: 1, max: 2000 }))
  .map(([from, length]) => ({ from, to: from + length }))

test('a grid parts a scene evenly, into one segment or an even number, none longer than four seconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), rates, (frames, fps) => {
      const grid = chooseGrid(frames, fps)
      const longest = Math.max(1, Math.round((4 * fps.num) / fps.den))
      assert.ok(grid >= 1 && grid <= longest)
      const shortest = Math.max(1, Math.round((2 * fps.num) / fps.den))
      const parts = frames < shortest ? 1 : 2 * Math.ceil(frames / (2 * longest))
      assert.equal(grid, Math.ceil(frames / parts))
    }),
  )
})

test('segments cover a piece exactly, in order, none longer than the grid', () => {
  fc.assert(
    fc.property(pieces, grids, (piece, grid) => {
      const cut = cutSegments(piece, grid)
      assert.equal(cut[0]?.from, piece.from)
      assert.equal(cut.at(-1)?.to, piece.to)
      for (const [index, { from, to }] of cut.entries()) {
        assert.ok(to > from && to - from <= grid)
        if (index > 0) assert.equal(from, cut[index - 1]?.to)
      }
    }),
  )
})

test('cuts lie on whole multiples of the grid, wherever the piece begins and ends', () => {
  fc.assert(
    fc.property(pieces, grids, (piece, grid) => {
      for (const { from } of cutSegments(piece, grid).slice(1)) assert.equal(from % grid, 0)
    }),
  )
})

test('a later start or an earlier end leaves the segments in between as they are', () => {
  fc.assert(
    fc.property(pieces, fc.nat(500), fc.nat(500), grids, (piece, later, earlier, grid) => {
      const inner = { from: piece.from + later, to: piece.to - earlier }
      fc.pre(inner.from < inner.to)
      const whole = new Set(cutSegments(piece, grid).map(({ from, to }) => `${from}-${to}`))
      for (const { from, to } of cutSegments(inner, grid).slice(1, -1)) assert.ok(whole.has(`${from}-${to}`))
    }),
  )
})
