import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hashByScript, sha256Hex } from './sha256.ts'

test('the hash of bytes and of words is the same in a browser as in Node', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.string({ unit: 'grapheme' })), (content) => {
      assert.equal(hashByScript(content), sha256Hex(content))
    }),
  )
})

test('a lone half of a surrogate counts as U+FFFD in both', () => {
  assert.equal(hashByScript('a\ud800b'), sha256Hex('a\ud800b'))
})
