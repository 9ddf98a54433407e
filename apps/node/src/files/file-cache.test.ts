import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openFarmServer, sha256Of } from '../testbed/open-farm-server.ts'
import { openFileCache } from './file-cache.ts'

const { signal } = new AbortController()
let farm: Awaited<ReturnType<typeof openFarmServer>>
let folder: string
/** What could not be dropped. */
let stuck: string[]

before(async () => {
  farm = await openFarmServer()
})
after(() => farm?.close())
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-node-cache-'))
  farm.shelf.requests.length = 0
  stuck = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = (limit = 10_000_000) =>
  openFileCache({ folder, limit, server: farm.url, onStuck: (error) => stuck.push(String(error)) })
/** A file of so many bytes on the shelf, with an address that is relative to the server's. */
const shelve = (bytes = 1000, extension = '.png') => {
  const content = randomBytes(bytes)
  const hash = sha256Of(content)
  farm.shelf.files.set(hash, content)
  return { hash, bytes, url: `/files/${hash}`, extension }
}
const shelveTemplate = (bytes = 1000) => {
  const { hash, url } = shelve(bytes)
  return { hash, bytes, url, contentHash: sha256Of(Buffer.from(hash)) }
}

test('a file is fetched once, however many ask for it, and lies there under its hash', async () => {
  const cache = await open()
  const file = shelve()
  const places = await Promise.all([1, 2, 3].map(() => cache.hold().get(file, signal)))
  assert.deepEqual(new Set(places).size, 1)
  assert.equal(path.basename(places[0]!), `${file.hash}.png`)
  assert.equal(sha256Of(await readFile(places[0]!)), file.hash)
  assert.equal(farm.shelf.requests.length, 1)
  assert.deepEqual(await readdir(path.join(folder, 'parts')), [])
})

test('after a start it is believed only once it was looked at', async () => {
  const [kept, damaged] = [shelve(), shelve()]
  const before = await open()
  await before.hold().get(kept, signal)
  const place = await before.hold().get(damaged, signal)
  await writeFile(place, randomBytes(1000))
  farm.shelf.requests.length = 0
  const cache = await open()
  await cache.hold().get(kept, signal)
  assert.equal(farm.shelf.requests.length, 0)
  assert.equal(sha256Of(await readFile(await cache.hold().get(damaged, signal))), damaged.hash)
  assert.equal(farm.shelf.requests.length, 1)
})

test('what was made here is never fetched', async () => {
  const cache = await open()
  const file = shelve(1000, '.segment')
  const made = path.join(folder, 'made')
  for (const content of [farm.shelf.files.get(file.hash)!, randomBytes(10)]) {
    await writeFile(made, content)
    // Twice, for what is painted again has the same bits: then the first stays.
    await cache.adopt(file, made)
  }
  const place = await cache.hold().get(file, signal)
  assert.equal(sha256Of(await readFile(place)), file.hash)
  assert.deepEqual(farm.shelf.requests, [])
})

test('the least recently used goes first, and nothing that somebody holds', async () => {
  const cache = await open(2500)
  const [first, second, third] = [shelve(), shelve(), shelve()]
  const holds = [cache.hold(), cache.hold(), cache.hold()] as const
  const place = await holds[0].get(first, signal)
  const other = await holds[1].get(second, signal)
  holds[1].release()
  await holds[2].get(third, signal)
  await assert.rejects(readFile(other), { code: 'ENOENT' })
  assert.equal((await readFile(place)).length, 1000)
  holds[0].release()
  holds[2].release()
  await cache.evict(0)
  await assert.rejects(readFile(place), { code: 'ENOENT' })
})

test('what cannot be dropped stays and is told of once, and others go in its place', async () => {
  const cache = await open(2500)
  const use = async (file: ReturnType<typeof shelve> | typeof odd = shelve()) => {
    const hold = cache.hold()
    const place = await hold.get(file, signal)
    hold.release()
    return place
  }
  const odd = shelveTemplate()
  const [place, second] = [await use(odd), await use()]
  cache.changes.take()
  // A folder is no file, and deleted by nobody who wants a file gone.
  await rm(place)
  await mkdir(place)
  const third = await use()
  await assert.rejects(readFile(second), { code: 'ENOENT' })
  assert.deepEqual([stuck.length, stuck[0]!.includes(place)], [1, true])
  assert.deepEqual(
    cache.templates().map(({ contentHash }) => contentHash),
    [odd.contentHash],
  )
  await cache.evict(0)
  await assert.rejects(readFile(third), { code: 'ENOENT' })
  assert.equal(stuck.length, 1)
  assert.deepEqual(cache.changes.take(), { gained: [], dropped: [] })
  await rm(place, { recursive: true })
  await cache.evict(0)
  assert.deepEqual([cache.templates(), cache.changes.take().dropped], [[], [odd.contentHash]])
})

test('templates that are got and dropped are told, and told again where nobody heard', async () => {
  const cache = await open()
  const [one, two] = [shelveTemplate(), shelveTemplate()]
  const hold = cache.hold()
  await hold.get(one, signal)
  await hold.get(shelve(), signal)
  hold.release()
  const taken = cache.changes.take()
  assert.deepEqual(taken, { gained: [{ contentHash: one.contentHash, bytes: 1000 }], dropped: [] })
  await cache.evict(0)
  await cache.hold().get(two, signal)
  cache.changes.restore(taken)
  assert.deepEqual(cache.changes.take(), {
    gained: [{ contentHash: two.contentHash, bytes: 1000 }],
    dropped: [one.contentHash],
  })
  assert.deepEqual(cache.changes.take(), { gained: [], dropped: [] })
  assert.deepEqual((await open()).templates(), [{ contentHash: two.contentHash, bytes: 1000 }])
})

test('where an address fails, who waited for it goes on with their own', async () => {
  const cache = await open()
  const file = shelve()
  const wrong = cache.hold().get({ ...file, url: '/files/none' }, signal)
  const right = cache.hold().get(file, signal)
  await assert.rejects(wrong, { code: 'NODE_INPUT_UNREACHABLE' })
  assert.equal(sha256Of(await readFile(await right)), file.hash)
})
