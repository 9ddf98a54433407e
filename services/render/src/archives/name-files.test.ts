import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nameFiles } from './name-files.ts'

/** Of one to four bytes, and such as no name can have. */
const LETTERS = ['a', '.', ' ', '/', '"', '\u0001', 'é', 'ی', '\u200c', '\u202e', '漢', '👩‍👩‍👧', '\ud800']
const nameAll = (...names: (string | null)[]) =>
  nameFiles(
    names.map((name, index) => ({ row: index + 1, name, extension: 'mp4' })),
    names.length,
  )

test('a file has the name that somebody gave it, else its row’s number', () => {
  assert.deepEqual(nameAll('Sara', null, 'می‌خواهم', 'intro.MP4'), [
    'Sara.mp4',
    '2.mp4',
    'می‌خواهم.mp4',
    'intro.mp4',
  ])
  assert.deepEqual(nameFiles([{ row: 7, name: null, extension: 'webm' }], 1500), ['0007.webm'])
})

test('no name is there twice, in whatever case or form of writing', () => {
  assert.deepEqual(nameAll('a', 'A', 'a (2)', 'é', 'e\u0301'), [
    'a.mp4',
    'A (2).mp4',
    'a (2) (2).mp4',
    'é.mp4',
    'é (2).mp4',
  ])
})

test('what a system cannot take is replaced', () => {
  assert.deepEqual(nameAll('../../etc/passwd', 'C:\\a?', 'con', 'COM1.x', '...', ' a. ', 'exe\u202e4pm'), [
    '_.._etc_passwd.mp4',
    'C__a_.mp4',
    '_con.mp4',
    '_COM1.x.mp4',
    '5.mp4',
    'a.mp4',
    'exe_4pm.mp4',
  ])
})

test('whatever they are called, names are different, short and safe on Windows', () => {
  const name = fc.oneof(
    fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 250 }),
    fc.constantFrom('a', 'A', 'nul', 'é', null),
  )
  fc.assert(
    fc.property(fc.array(name, { maxLength: 8 }), (names) => {
      const given = nameAll(...names)
      assert.equal(new Set(given.map((one) => one.normalize('NFC').toLowerCase())).size, names.length)
      for (const one of given) {
        assert.ok(Buffer.byteLength(one) <= 200, one)
        assert.ok(one.isWellFormed())
        assert.match(one, /^[^<>:"/\\|?*. ][^<>:"/\\|?*]*\.mp4$/)
        assert.ok([...one].every((letter) => letter >= ' '))
        assert.doesNotMatch(one, /^(con|prn|aux|nul|com\d|lpt\d)\./i)
      }
    }),
    { numRuns: 30 },
  )
})

test('ten thousand equal names are told apart as fast as others', () => {
  const files = Array.from({ length: 10_000 }, (_, index) => ({
    row: index + 1,
    name: 'a',
    extension: 'mp4',
  }))
  const names = nameFiles(files, files.length)
  assert.equal(new Set(names).size, 10_000)
  assert.deepEqual([names[0], names[1], names.at(-1)], ['a.mp4', 'a (2).mp4', 'a (10000).mp4'])
})
