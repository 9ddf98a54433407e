import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { describeInput, placeOf, readPlace } from './cache-name.ts'

const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })

test('whatever a person’s file was called, it lies under its hash in the cache’s folder, on Windows too', () => {
  fc.assert(
    fc.property(hash, fc.string({ maxLength: 16, unit: 'binary' }), (one, extension) => {
      const [folder, name] = placeOf(describeInput({ hash: one, bytes: 1, url: '', extension }))
      assert.deepEqual(readPlace(name), describeInput({ hash: one, bytes: 1, url: '', extension }))
      for (const { join, relative } of [path.win32, path.posix]) {
        const home = join('C:', 'node')
        assert.equal(relative(home, join(home, folder, name)), join(folder, name))
      }
      assert.match(name, /^[0-9a-f]{64}(\.[a-z0-9]{1,8})?$/)
    }),
  )
})

test('an extension helps only where it is one', () => {
  const named = (extension: string) =>
    describeInput({ hash: 'a'.repeat(64), bytes: 1, url: '', extension }).extension
  assert.deepEqual(['.MP4', '.mp4', '', '.', '../..', '.a b', '.exe:x', '.فا', 'con'].map(named), [
    '.mp4',
    '.mp4',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
  ])
})

test('a template is named by its content and its archive', () => {
  const template = { hash: 'a'.repeat(64), contentHash: 'b'.repeat(64), bytes: 1, url: '' }
  const [folder, name] = placeOf(describeInput(template))
  assert.deepEqual([folder, name], ['bb', `${'b'.repeat(64)}-${'a'.repeat(64)}.lottie`])
  assert.equal(readPlace(name)?.contentHash, template.contentHash)
  for (const other of ['', 'a', `${'a'.repeat(63)}.png`, `${'a'.repeat(64)}.tar.gz`, 'parts'])
    assert.equal(readPlace(other), undefined)
})
