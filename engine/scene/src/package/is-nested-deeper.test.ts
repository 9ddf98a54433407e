import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isNestedDeeper } from './is-nested-deeper.ts'

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

test('the text says as much about depth as the parsed value, whatever its strings hold', () => {
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'medium' },
      fc.string({ unit: fc.constantFrom('"', '\\', '[', '{', '}', 'a') }),
      fc.array(tie('json')),
      fc.dictionary(fc.constantFrom('a', '"', '[', '\\'), tie('json')),
    ),
  }))
  fc.assert(
    fc.property(json, fc.nat(6), (value, levels) => {
      assert.equal(isNestedDeeper(JSON.stringify(value), levels), depthOf(value) > levels)
    }),
  )
})

test('a text that is no JSON is read to its end and no further', () => {
  for (const text of ['', '"', '"\\', ']]]', '[', '"a\\"']) assert.equal(isNestedDeeper(text, 2), false)
})
