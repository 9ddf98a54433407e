import assert from 'node:assert/strict'
import { test } from 'node:test'
import { storableJson } from './storable.ts'

test('NUL and halves of pairs are replaced in texts and keys, however deep; all else stays', () => {
  const [half, other] = ['\u{1F600}'[0]!, '\u{1F600}'[1]!]
  const value = { [`a${half}`]: ['\0b', { c: `${other}d`, e: 1, f: null, g: true, h: '😀 سلام' }] }
  assert.deepEqual(storableJson(value), {
    'a\u{FFFD}': ['\u{FFFD}b', { c: '\u{FFFD}d', e: 1, f: null, g: true, h: '😀 سلام' }],
  })
})
