import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { copyJson } from './copy-json.ts'

test('a copy is equal and shares nothing', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      fc.pre(!text.includes('__proto__'))
      const json: unknown = JSON.parse(text)
      assert.deepEqual(copyJson(json), json)
    }),
  )
  const inner = { list: [1, [2]] }
  const copy = copyJson(inner)
  copy.list[1] = 3
  assert.deepEqual(inner, { list: [1, [2]] })
})

test('a key named __proto__ changes nobody’s prototype', () => {
  const copy = copyJson(JSON.parse('{"a":1,"__proto__":{"layers":[]}}')) as { layers?: unknown }
  assert.equal(copy.layers, undefined)
  assert.equal(Object.getPrototypeOf(copy), Object.prototype)
})
