import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseRational, toNumber } from './rational.ts'

test('rates as people write them become exact', () => {
  const exact: [string | number, number, number][] = [
    [30, 30, 1],
    ['30', 30, 1],
    [' 25 ', 25, 1],
    [29.97, 30000, 1001],
    [29.9700012, 30000, 1001],
    ['23.976', 24000, 1001],
    [59.94, 60000, 1001],
    ['30000/1001', 30000, 1001],
    ['60/2', 30, 1],
    [12.5, 25, 2],
    [0.5, 1, 2],
    [24, 24, 1],
  ]
  for (const [value, num, den] of exact) assert.deepEqual(parseRational(value), { num, den }, String(value))
})

test('what is no rate is none', () => {
  for (const value of [
    '',
    ' ',
    'x',
    '0',
    0,
    -1,
    '-30',
    '30/0',
    '0/1',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '1e999',
    '1/2/3',
    '30000/1001x',
    1e-9,
  ])
    assert.equal(parseRational(value), undefined, String(value))
})

test('a ratio is read back as itself, in lowest terms', () => {
  const part = fc.integer({ min: 1, max: 120_000 })
  fc.assert(
    fc.property(part, part, (num, den) => {
      const ratio = parseRational(`${num}/${den}`)!
      assert.equal(ratio.num * den, num * ratio.den)
      assert.deepEqual(parseRational(`${ratio.num}/${ratio.den}`), ratio)
      assert.ok(Math.abs(toNumber(ratio) - num / den) < 1e-9)
    }),
  )
})
