import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { openFarmServer, sha256Of } from '../testbed/open-farm-server.ts'
import { fetchFile } from './fetch-file.ts'
import { putFile } from './put-file.ts'

const content = randomBytes(3_000_000)
const { signal } = new AbortController()
let farm: Awaited<ReturnType<typeof openFarmServer>>
let folder: string
let part: string

before(async () => {
  farm = await openFarmServer()
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-node-files-'))
  part = path.join(folder, 'a.part')
})
after(async () => {
  await farm?.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  farm.shelf.files.set('a', content)
  farm.shelf.requests.length = 0
  farm.shelf.trouble(undefined)
  await rm(part, { force: true })
})

const wanted = () => ({ url: `${farm.url}/files/a`, hash: sha256Of(content), bytes: content.length })
const isThere = async () => assert.ok((await readFile(part)).equals(content))

test('a file arrives whole', async () => {
  await fetchFile(wanted(), part, signal)
  await isThere()
})

test('a connection that breaks in the middle costs only what was not there yet', async () => {
  let breaks = 2
  farm.shelf.trouble(({ range }, response, whole) => {
    if (breaks-- <= 0) return false
    const from = Number(/\d+/.exec(range ?? '0')?.[0])
    response.writeHead(from === 0 ? 200 : 206, {
      'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}`,
    })
    response.write(whole.subarray(from, from + 1_000_000), () => setTimeout(() => response.destroy(), 100))
    return true
  })
  await fetchFile(wanted(), part, signal)
  await isThere()
  const [first, second, third] = farm.shelf.requests.map(({ range }) => Number(/\d+/.exec(range ?? '0')?.[0]))
  assert.equal(first, 0)
  assert.ok(second! > 0 && third! > second!, `${second} ${third}`)
})

test('what a killed process left is gone on with; where it is of something else, all is fetched', async () => {
  await writeFile(part, content.subarray(0, 1_234_567))
  await fetchFile(wanted(), part, signal)
  await isThere()
  assert.deepEqual(
    farm.shelf.requests.map(({ range }) => range),
    ['bytes=1234567-'],
  )
  await writeFile(part, randomBytes(1_234_567))
  await fetchFile(wanted(), part, signal)
  await isThere()
  await writeFile(part, randomBytes(4_000_000))
  await fetchFile(wanted(), part, signal)
  await isThere()
})

test('a server that knows no ranges sends all of it again', async () => {
  await writeFile(part, content.subarray(0, 1000))
  farm.shelf.trouble((_request, response, whole) => {
    response.writeHead(200).end(whole)
    return true
  })
  await fetchFile(wanted(), part, signal)
  await isThere()
})

test('what is busy is asked again; what is refused is not', async () => {
  let busy = 2
  farm.shelf.trouble((_request, response) => {
    if (busy-- <= 0) return false
    response.writeHead(503).end()
    return true
  })
  await fetchFile(wanted(), part, signal)
  await isThere()
  farm.shelf.requests.length = 0
  const refused = { ...wanted(), url: `${farm.url}/files/none` }
  await rm(part)
  await assert.rejects(fetchFile(refused, part, signal), { code: 'NODE_INPUT_UNREACHABLE' })
  assert.equal(farm.shelf.requests.length, 1)
})

test('another content is refused after a second look, and nothing of it stays', async () => {
  farm.shelf.files.set('a', Buffer.concat([content.subarray(1), content.subarray(0, 1)]))
  await assert.rejects(fetchFile(wanted(), part, signal), { code: 'NODE_INPUT_DAMAGED' })
  assert.equal(farm.shelf.requests.length, 2)
  await assert.rejects(readFile(part), { code: 'ENOENT' })
})

test('more than there should be is refused', async () => {
  const short = { ...wanted(), bytes: 100 }
  await assert.rejects(fetchFile(short, part, signal), { code: 'NODE_INPUT_UNREACHABLE' })
})

test('who is cancelled stops at once', async () => {
  const stop = new AbortController()
  farm.shelf.trouble((_request, response, whole) => {
    response.writeHead(200).write(whole.subarray(0, 10), () => stop.abort(new Error('enough')))
    return true
  })
  await assert.rejects(fetchFile(wanted(), part, stop.signal), { message: 'enough' })
})

test('a full disk is said to be one', async (t) => {
  if (!existsSync('/dev/full')) return t.skip('this system has no disk that is always full')
  await symlink('/dev/full', part)
  await assert.rejects(fetchFile(wanted(), part, signal), { code: 'NODE_DISK_FULL' })
})

test('what is put goes on where the connection broke, and is whole', async () => {
  await writeFile(part, content)
  let breaks = 1
  farm.shelf.trouble((_request, response, came) => {
    if (breaks-- <= 0) return false
    farm.shelf.parts.set('c', came.subarray(0, 100))
    response.destroy()
    return true
  })
  await putFile({ url: `${farm.url}/files/c`, file: part, contentType: 'video/mp4' }, signal)
  assert.ok(farm.shelf.files.get('c')?.equals(content))
  const rest = `bytes 100-${content.length - 1}/${content.length}`
  assert.deepEqual(
    farm.shelf.requests.map(({ method, contentRange }) => [method, contentRange]),
    [
      ['PUT', undefined],
      ['HEAD', undefined],
      ['PUT', rest],
    ],
  )
})

test('what is put is put again where the connection breaks, and not where it is refused', async () => {
  await writeFile(part, content)
  let breaks = 1
  farm.shelf.trouble((_request, response) => {
    if (breaks-- <= 0) return false
    response.destroy()
    return true
  })
  const made = { url: `${farm.url}/files/b`, file: part, contentType: 'video/mp4' }
  await putFile(made, signal)
  assert.ok(farm.shelf.files.get('b')?.equals(content))
  farm.shelf.requests.length = 0
  farm.shelf.trouble((_request, response) => {
    response.writeHead(403).end()
    return true
  })
  await assert.rejects(putFile(made, signal), { code: 'NODE_OUTPUT_UNSTORED' })
  assert.equal(farm.shelf.requests.length, 1)
})
