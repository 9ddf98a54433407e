import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { tinyFiles } from '../fixtures/tiny-template.ts'
import { hashPackage } from './hash-package.ts'
import { packTemplate } from './pack-template.ts'
import { readArchive } from './read-archive.ts'
import { sha256Hex } from './sha256.ts'

const word = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9 _-]{1,12}(\.(json|png|woff2))?$/),
  fc.constantFrom('فایل.json', '日本', '😀', '__proto__', 'constructor', '1', '10', '...', 'manifest.json'),
)
const path = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const entries = fc.uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 400 })), {
  maxLength: 12,
  selector: ([name]) => name,
})

test('what is packed is read back the same, whatever the names and contents', () => {
  fc.assert(
    fc.property(entries, (files) => {
      assert.deepEqual(readArchive(packTemplate(new Map(files)), 'x'), new Map(sorted(files)))
    }),
  )
})

test('the order in which files were found changes neither bytes nor hash', () => {
  fc.assert(
    fc.property(entries, (files) => {
      const [forth, back] = [new Map(files), new Map([...files].reverse())]
      assert.deepEqual(packTemplate(forth), packTemplate(back))
      assert.equal(hashPackage(forth), hashPackage(back))
      assert.equal(hashPackage(readArchive(packTemplate(forth), 'x')), hashPackage(forth))
    }),
  )
})

test('another path, another content or another boundary between files is another hash', () => {
  const hash = (files: Record<string, number[]>) =>
    hashPackage(new Map(Object.entries(files).map(([name, bytes]) => [name, Uint8Array.from(bytes)])))
  const hashes = [
    hash({ a: [1] }),
    hash({ b: [1] }),
    hash({ a: [2] }),
    hash({ a: [1], b: [] }),
    hash({ 'a/b': [1] }),
  ]
  assert.equal(new Set(hashes).size, hashes.length)
})

// Bytes of packages are compared between machines; another deflate would make all of them differ.
test('the deflate and the layout of an archive are pinned', () => {
  const archive = packTemplate(
    tinyFiles(undefined, { 'manifest.json': { version: '2' }, 'i/dot.png': new Uint8Array(9) }),
  )
  assert.equal(sha256Hex(archive), '9c4ee97d92a507781fca7d3ba6558ba7e165b0296622ec4432b6e1df6b6f8c58')
})

test('others can open it, and find the manifest first', () => {
  const archive = packTemplate(tinyFiles(undefined, { 'manifest.json': { version: '2' } }))
  assert.deepEqual(Object.keys(unzipSync(archive)), ['manifest.json', 'a/main.json', 'flatrender.json'])
})

function sorted(files: readonly [string, Uint8Array][]): [string, Uint8Array][] {
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1))
}
