import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { openSegmentCache, type SegmentCache } from './segment-cache.ts'
import { writeSegment } from './segment-file.ts'

const SIZE = 1000
let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-cache-'))
})
after(() => rm(folder, { recursive: true, force: true }))

async function open(name: string, limit: number): Promise<SegmentCache> {
  return openSegmentCache({ folder: path.join(folder, name), limit })
}

/** Puts a file of 1,000 bytes in, last used so many seconds ago. */
async function put(cache: SegmentCache, key: string, secondsAgo: number): Promise<void> {
  await mkdir(path.dirname(cache.pathOf(key)), { recursive: true })
  await writeFile(cache.pathOf(key), Buffer.alloc(SIZE))
  const used = new Date(Date.now() - secondsAgo * 1000)
  await utimes(cache.pathOf(key), used, used)
}

const keys = ['aa01', 'ab02', 'cc03', 'dd04']

async function left(cache: SegmentCache): Promise<string[]> {
  const there = await Promise.all(keys.map((key) => cache.has(key)))
  return keys.filter((_, index) => there[index])
}

test('over the limit, what was used longest ago goes first, until the rest fits', async () => {
  const cache = await open('lru', 2 * SIZE)
  for (const [index, key] of keys.entries()) await put(cache, key, [10, 40, 20, 30][index] ?? 0)
  assert.deepEqual(await cache.evict(), { removed: 2, bytes: 2 * SIZE })
  assert.deepEqual(await left(cache), ['aa01', 'cc03'])
})

test('reading a segment makes it young again', async () => {
  const cache = await open('young', SIZE)
  const packets = [{ pts: 0, dts: 0, duration: 1, key: true, data: Buffer.alloc(500) }]
  const stream = { parameters: {} as never, packets }
  await put(cache, 'aa01', 10)
  await put(cache, 'ab02', 99)
  await writeFile(
    cache.pathOf('ab02'),
    writeSegment({ manifest: { key: 'ab02', frames: 1, thumbprints: {} }, stream }),
  )
  const old = new Date(Date.now() - 99_000)
  await utimes(cache.pathOf('ab02'), old, old)
  assert.ok(await cache.read('ab02'))
  await cache.evict()
  assert.deepEqual(await left(cache), ['ab02'])
})

test('pinned segments stay whatever the limit is, and go when they are unpinned', async () => {
  const cache = await open('pinned', 0)
  for (const key of keys) await put(cache, key, 10)
  const pin = await cache.pin(['ab02', 'dd04'])
  await cache.evict()
  assert.deepEqual(await left(cache), ['ab02', 'dd04'])
  await pin.unpin()
  await cache.evict()
  assert.deepEqual(await left(cache), [])
})

test('pins of dead processes hold nothing and are swept', async () => {
  const cache = await open('dead', 0)
  await put(cache, 'aa01', 10)
  const pins = path.join(folder, 'dead', 'pins')
  await writeFile(path.join(pins, '999999999-x'), 'aa01')
  await cache.evict()
  assert.deepEqual(await left(cache), [])
  assert.deepEqual(await readdir(pins), [])
})

test('a damaged segment is not given and is removed; so is one under another’s key', async () => {
  const cache = await open('damaged', SIZE)
  await put(cache, 'aa01', 0)
  assert.equal(await cache.read('aa01'), undefined)
  const stream = { parameters: {} as never, packets: [] }
  await mkdir(path.dirname(cache.pathOf('ab02')), { recursive: true })
  await writeFile(
    cache.pathOf('ab02'),
    writeSegment({ manifest: { key: 'other', frames: 0, thumbprints: {} }, stream }),
  )
  assert.equal(await cache.read('ab02'), undefined)
  assert.deepEqual(await left(cache), [])
})

test('what killed processes left besides claims is swept after an hour', async () => {
  const cache = await open('swept', SIZE)
  await put(cache, 'aa01', 0)
  const left = `${cache.pathOf('aa01')}.claim.heir`
  await writeFile(left, '999999999 x')
  await cache.evict()
  assert.equal(await readFile(left, 'utf8'), '999999999 x')
  const old = new Date(Date.now() - 3_700_000)
  await utimes(left, old, old)
  await cache.evict()
  await assert.rejects(stat(left))
})
