import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, test } from 'node:test'
import type { Storage } from '../storage.ts'
import { mountSmallDisk } from '../testbed/mount-small-disk.ts'
import { openDiskStorage } from './open-disk-storage.ts'
import { nameUnfinishedFile } from './unfinished-files.ts'

const secretKeys = { present: randomBytes(32), former: [] }
let folder: string
let storage: Storage
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-disk-'))
  storage = await openDiskStorage({ folder, secretKeys })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const unfinished = () => path.join(folder, 'unfinished')

test('who reads a file that is replaced reads the old one to its end', async () => {
  const [old, fresh] = [randomBytes(5_000_000), randomBytes(5_000_000)]
  await storage.put('a', old)
  const { stream } = await storage.get('a')
  await storage.put('a', fresh)
  assert.ok((await buffer(stream)).equals(old))
  assert.ok((await buffer((await storage.get('a')).stream)).equals(fresh))
})

test('while a file is written and replaced again and again, every reader finds one whole', async () => {
  const bodies = Array.from({ length: 5 }, (_, index) => Buffer.alloc(100_000 + index, 65 + index))
  await storage.put('a', bodies[0]!)
  let writing = true
  const writer = (async () => {
    for (let round = 0; round < 40; round++) await storage.put('a', bodies[round % bodies.length]!)
    writing = false
  })()
  let reads = 0
  for (; writing; reads++) {
    const found = await storage.get('a')
    const content = await buffer(found.stream)
    assert.equal(content.length, found.bytes)
    assert.ok(bodies[content[0]! - 65]!.equals(content))
  }
  await writer
  assert.ok(reads > 0)
})

test('what killed processes and other machines gave up is removed, what is under way is not', async () => {
  const own = nameUnfinishedFile(unfinished())
  const gone = own.replace(`-${process.pid}-`, '-999999999-')
  const [elsewhere, forgotten] = ['00000000-1-a', '00000000-1-b'].map((name) => path.join(unfinished(), name))
  for (const file of [own, gone, elsewhere!, forgotten!]) await writeFile(file, 'half')
  const before = new Date(Date.now() - 25 * 3_600_000)
  await utimes(forgotten!, before, before)
  await openDiskStorage({ folder, secretKeys })
  assert.deepEqual((await readdir(unfinished())).toSorted(), [path.basename(own), '00000000-1-a'].toSorted())
})

test('a failed put leaves nothing unfinished, and a deleted file no empty folder', async () => {
  await assert.rejects(storage.put('a', Buffer.from('x'), { bytes: 2 }), { code: 'STORED_FILE_DIFFERS' })
  await storage.put('b/c/d', Buffer.from('x'))
  await storage.delete('b/c/d')
  assert.deepEqual(await readdir(unfinished()), [])
  assert.deepEqual(await readdir(path.join(folder, 'files')), [])
})

test('files that come and go in one folder at once don’t trip over each other', async () => {
  await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      await storage.put(`busy/${index}`, Buffer.from('x'))
      await storage.delete(`busy/${index}`)
    }),
  )
  assert.deepEqual(await Array.fromAsync(storage.list()), [])
})

test('a full disk is one sentence; what was there stays', async (context) => {
  const small = path.join(folder, 'small')
  await openDiskStorage({ folder: small, secretKeys })
  const unmount = mountSmallDisk(small)
  if (unmount === undefined) return context.skip('this system mounts no disks for us')
  try {
    const full = await openDiskStorage({ folder: small, secretKeys })
    await full.put('a', Buffer.from('kept'))
    await assert.rejects(full.put('a', randomBytes(6_000_000)), {
      code: 'STORAGE_FULL',
      message: `The disk that holds ${small} is full.`,
    })
    assert.equal((await buffer((await full.get('a')).stream)).toString(), 'kept')
    await full.put('b', randomBytes(2_000_000))
  } finally {
    unmount()
  }
})

test('a folder that can’t be written is one sentence, when it is opened, checked and put into', async (context) => {
  const file = path.join(folder, 'file')
  await writeFile(file, '')
  await assert.rejects(openDiskStorage({ folder: file, secretKeys }), { code: 'STORAGE_UNWRITABLE' })
  await rm(unfinished(), { recursive: true })
  for (const attempt of [storage.check(), storage.put('a', Buffer.from('x'))])
    await assert.rejects(attempt, { code: 'STORAGE_UNWRITABLE', message: /^Nothing can be stored in / })
  if (process.getuid?.() === 0) return context.diagnostic('root may write everywhere')
  await chmod(folder, 0o500)
  await assert.rejects(openDiskStorage({ folder, secretKeys }), { code: 'STORAGE_UNWRITABLE' })
  await chmod(folder, 0o700)
})
