import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSource } from './read-source.ts'

test('people name files of theirs, addresses of the web, and what the template brings', () => {
  const id = '0199aaaa-0000-7000-8000-000000000001'
  assert.deepEqual(readSource(`file:${id.toUpperCase()}`), { kind: 'file', id })
  assert.deepEqual(readSource('https://example.com/a.png'), {
    kind: 'address',
    url: 'https://example.com/a.png',
  })
  assert.deepEqual(readSource('package:data/a.png'), { kind: 'package', path: 'data/a.png' })
})

test('nothing of the server’s own disk is meant by anything', () => {
  for (const src of [
    '/etc/passwd',
    '../a.png',
    'file:///etc/passwd',
    'data:,a',
    'ftp://a/b',
    'C:\\a.png',
    '',
  ])
    assert.deepEqual(readSource(src), { kind: 'unknown' }, src)
})
