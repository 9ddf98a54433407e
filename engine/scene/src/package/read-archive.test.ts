import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'fflate'
import { codesOf, problemsOf, tinyFiles, toBytes } from '../fixtures/tiny-template.ts'
import { packTemplate } from './pack-template.ts'
import { readArchive } from './read-archive.ts'
import { writeZip, type ZipInput } from './write-zip.ts'

const LOCAL = 30
const DIRECTORY = [0x50, 0x4b, 1, 2]

/** Offsets of the directory's entries. */
function entriesOf(archive: Uint8Array): number[] {
  return [...archive.keys()].filter((at) => DIRECTORY.every((byte, index) => archive[at + index] === byte))
}

/** An archive of these entries whose directory was changed by hand. */
function tamper(files: readonly ZipInput[], change: (view: DataView, entry: number) => void): Uint8Array {
  const archive = writeZip(files)
  const view = new DataView(archive.buffer)
  for (const entry of entriesOf(archive)) change(view, entry)
  return archive
}

const named = (path: string): Uint8Array => writeZip([{ path, content: toBytes('x') }])
const read = (archive: Uint8Array) => () => readArchive(archive, 'evil.lottie')

test('a flipped bit anywhere in a content, and a cut anywhere, is noticed', () => {
  const archive = packTemplate(
    tinyFiles(undefined, { 'i/noise.png': crypto.getRandomValues(new Uint8Array(300)) }),
  )
  const firstEntry = entriesOf(archive)[0]!
  const names = ['a/main.json', 'flatrender.json', 'i/noise.png']
  let at = 0
  for (const name of names) {
    at += LOCAL + name.length
    const size = new DataView(archive.buffer).getUint32(at - name.length - 12, true)
    for (let byte = at; byte < at + size; byte++) {
      const damaged = archive.slice()
      damaged[byte]! ^= 1 << (byte % 8)
      // The last bits of a deflate stream mean nothing; where they are flipped the content is still the same.
      try {
        assert.deepEqual(readArchive(damaged, 'x'), readArchive(archive, 'x'), `byte ${byte}`)
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'TEMPLATE_UNREADABLE', `byte ${byte}: ${error}`)
      }
    }
    at += size
  }
  assert.equal(at, firstEntry)
  for (let length = 0; length < archive.length; length++)
    assert.deepEqual(codesOf(read(archive.subarray(0, length))), ['TEMPLATE_UNREADABLE'], `${length} bytes`)
})

test('a flipped bit of the directory never ends in another exception', () => {
  const archive = packTemplate(tinyFiles())
  for (let byte = entriesOf(archive)[0]!; byte < archive.length; byte++) {
    for (let bit = 0; bit < 8; bit++) {
      const damaged = archive.slice()
      damaged[byte]! ^= 1 << bit
      try {
        readArchive(damaged, 'x')
      } catch (error) {
        assert.match(
          String((error as { code?: string }).code),
          /^TEMPLATE_/,
          `byte ${byte} bit ${bit}: ${error}`,
        )
      }
    }
  }
})

test('what leads out of the package is refused by name', () => {
  for (const path of [
    '/etc/passwd',
    'C:/x',
    'c:x',
    '../x',
    'a/../../x',
    'a/./x',
    'a//x',
    'a\\..\\x',
    'a\0b',
    'a\nb',
  ])
    assert.deepEqual(codesOf(read(named(path))), ['TEMPLATE_PATH_UNSAFE'], JSON.stringify(path))
  assert.equal(readArchive(named('a..b/...c'), 'x').size, 1)
})

test('links, doubled and encrypted entries are refused', () => {
  const file = { path: 'a', content: toBytes('b') }
  const link = tamper([file], (view, at) => view.setUint32(at + 38, (0o120777 << 16) >>> 0, true))
  assert.match(problemsOf(read(link))[0]!, /TEMPLATE_PATH_UNSAFE.*“a”, which is a link/)
  assert.match(problemsOf(read(writeZip([file, file])))[0]!, /TEMPLATE_PATH_UNSAFE.*stands there twice/)
  const locked = tamper([file], (view, at) => view.setUint16(at + 8, 1, true))
  assert.match(problemsOf(read(locked))[0]!, /TEMPLATE_UNREADABLE.*encrypted/)
})

test('what we cannot unpack is said so', () => {
  const file = { path: 'a', content: toBytes('b') }
  const lzma = tamper([file], (view, at) => view.setUint16(at + 10, 14, true))
  assert.match(problemsOf(read(lzma))[0]!, /TEMPLATE_UNREADABLE.*method 14/)
  const zip64 = writeZip([file])
  new DataView(zip64.buffer).setUint16(zip64.length - 12, 0xffff, true)
  assert.match(problemsOf(read(zip64))[0]!, /TEMPLATE_UNREADABLE.*ZIP64/)
  const renamed = tamper([file], (view, at) => view.setUint8(at + 46, 'z'.charCodeAt(0)))
  assert.match(problemsOf(read(renamed))[0]!, /TEMPLATE_UNREADABLE.*disagree/)
})

test('a bomb is refused before it takes memory, whether its directory boasts or lies', () => {
  const zeros = new Uint8Array(64 * 1024 * 1024)
  const deflated = deflateSync(zeros, { level: 9 })
  const nine = Array.from({ length: 9 }, (_, index) => ({
    path: `${index}`,
    content: toBytes('b'),
    deflated,
  }))
  const honest = tamper(nine, (view, at) => view.setUint32(at + 24, zeros.length, true))
  const boasts = tamper([{ path: 'a', content: toBytes('b') }], (view, at) =>
    view.setUint32(at + 24, 2 ** 32 - 2, true),
  )
  const promises = tamper(
    [{ path: 'a', content: toBytes('b'), deflated: deflated.subarray(0, 999) }],
    (view, at) => view.setUint32(at + 24, 2 ** 29 - 1, true),
  )
  const before = process.memoryUsage().arrayBuffers
  for (const archive of [honest, boasts, promises])
    assert.deepEqual(codesOf(read(archive)), ['TEMPLATE_TOO_LARGE'])
  assert.ok(process.memoryUsage().arrayBuffers - before < 8e6)

  const lies = tamper([{ path: 'a', content: zeros, deflated }], (view, at) =>
    view.setUint32(at + 24, 10, true),
  )
  assert.deepEqual(codesOf(read(lies)), ['TEMPLATE_UNREADABLE'])
  assert.ok(process.memoryUsage().arrayBuffers - before < 80e6)
})

test('10,000 files are read and one more is refused', () => {
  const files = Array.from({ length: 10_001 }, (_, index) => ({
    path: `${index}`,
    content: new Uint8Array(),
  }))
  assert.equal(readArchive(writeZip(files.slice(1)), 'x').size, 10_000)
  assert.deepEqual(codesOf(read(writeZip(files))), ['TEMPLATE_TOO_LARGE'])
})

test('folders are no files, and what is no archive at all says so', () => {
  assert.equal(readArchive(named('a/'), 'x').size, 0)
  for (const bytes of [new Uint8Array(), toBytes('PK'), toBytes('{"v":"5.5.7"}'), new Uint8Array(100_000)])
    assert.deepEqual(codesOf(read(bytes)), ['TEMPLATE_UNREADABLE'])
})
