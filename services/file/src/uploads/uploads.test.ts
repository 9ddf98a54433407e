import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { callOf, isCode, OMID, openTestbed, SARA, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed({ storageBytes: 10_000 })
})
after(() => testbed?.close())

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
const context = callOf()
const create = (bytes: number, more: { sha256?: string } = {}, call = context) =>
  testbed.client.uploads.create(
    { name: 'a.mp4', bytes, contentType: 'video/mp4', ...more },
    { context: call },
  )
const complete = (id: string, call = context) => testbed.client.uploads.complete({ id }, { context: call })
const quota = async (call = context) => testbed.client.files.quota({}, { context: call })
const quotaOf = async (call = context) => {
  const { usedBytes, reservedBytes } = await quota(call)
  return [usedBytes, reservedBytes]
}

test('what comes becomes a file, and the same one when it is completed again', async () => {
  const content = randomBytes(3000)
  const upload = await create(3000, { sha256: sha256(content) })
  assert.deepEqual(await quotaOf(), [0, 3000])
  await testbed.put(upload.url, content)
  const file = await complete(upload.id)
  assert.deepEqual(
    [file.id, file.name, file.kind, file.contentType, file.bytes, file.sha256, file.ownerId],
    [upload.fileId, 'a.mp4', 'video', 'video/mp4', 3000, sha256(content), SARA],
  )
  assert.deepEqual(await complete(upload.id), file)
  assert.deepEqual(await quota(), { limitBytes: 10_000, usedBytes: 3000, reservedBytes: 0 })
})

test('its address changes nothing any more, and what it still takes goes in the end', async () => {
  const content = randomBytes(100)
  const upload = await create(100, {}, callOf(OMID))
  await testbed.put(upload.url, content)
  const file = await complete(upload.id, callOf(OMID))
  await testbed.put(upload.url, randomBytes(100))
  const { storageKey } = await inputOf(file.id)
  const { sha256: stored } = (await testbed.deps.storage.head(storageKey))!
  assert.equal(stored, sha256(content))
  await testbed.ask(sql`update file_mgr.upload_sessions set expires_at = now() - interval '61 minutes'
    where id = ${upload.id}`)
  await testbed.jobs['file.remove-ended-uploads']()
  const keys = await testbed.keys()
  assert.ok(keys.includes(storageKey))
  assert.ok(!keys.some((key) => key.includes(upload.id)))
  assert.deepEqual(await quotaOf(callOf(OMID)), [100, 0])
})

test('what is not as announced is refused, and may be sent again', async () => {
  const content = randomBytes(50)
  const upload = await create(50, { sha256: sha256(content) })
  await assert.rejects(complete(upload.id), isCode('UPLOAD_MISSING'))
  for (const bytes of [49, 51])
    await assert.rejects(testbed.put(upload.url, randomBytes(bytes)), isCode('STORED_FILE_DIFFERS'))
  await assert.rejects(complete(upload.id), isCode('UPLOAD_MISSING'))
  // Where a storage takes what the address wasn't signed for.
  const { pathname } = new URL(upload.url, 'http://files/')
  await testbed.deps.storage.put(pathname.slice('/files/'.length), randomBytes(49))
  await assert.rejects(complete(upload.id), isCode('UPLOAD_DIFFERS'))
  await testbed.put(upload.url, randomBytes(50))
  await assert.rejects(complete(upload.id), isCode('UPLOAD_DIFFERS'))
  assert.deepEqual((await quotaOf())[1], 50)
  await testbed.put(upload.url, content)
  assert.equal((await complete(upload.id)).bytes, 50)
})

test('an empty file is one', async () => {
  const upload = await create(0)
  await testbed.put(upload.url, new Uint8Array())
  assert.equal((await complete(upload.id)).bytes, 0)
})

test('the quota holds, by however many at once, and says what is free', async () => {
  const call = callOf('00000000-0000-7000-8000-00000000000c')
  const uploads = await Promise.allSettled(Array.from({ length: 12 }, () => create(1500, {}, call)))
  const begun = uploads.filter(({ status }) => status === 'fulfilled')
  assert.equal(begun.length, 6)
  for (const upload of uploads)
    if (upload.status === 'rejected') assert.ok(isCode('FILE_QUOTA_EXCEEDED')(upload.reason))
  assert.deepEqual(await quotaOf(call), [0, 9000])
  await assert.rejects(create(1001, {}, call), (error: Error & { data: object }) => {
    assert.deepEqual(error.data, { needed: 1001, available: 1000 })
    return true
  })
  await create(1000, {}, call)
})

test('of many who complete it at once one does, and it is counted once', async () => {
  const call = callOf('00000000-0000-7000-8000-00000000000d')
  const upload = await create(900, {}, call)
  await testbed.put(upload.url, randomBytes(900))
  const answers = await Promise.allSettled(Array.from({ length: 8 }, () => complete(upload.id, call)))
  const files = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.sha256] : []))
  assert.equal(new Set(files).size, 1)
  for (const answer of answers)
    if (answer.status === 'rejected') assert.ok(isCode('UPLOAD_UNDER_WAY')(answer.reason))
  assert.deepEqual(await quotaOf(call), [900, 0])
})

test('asked again with one Idempotency-Key, one upload is begun', async () => {
  const call = { ...callOf('00000000-0000-7000-8000-00000000000e'), idempotencyKey: 'one' }
  assert.deepEqual(await create(70, {}, call), await create(70, {}, call))
  assert.deepEqual(await quotaOf(call), [0, 70])
})

test('an upload is its owner’s', async () => {
  const upload = await create(10)
  await testbed.put(upload.url, randomBytes(10))
  await assert.rejects(complete(upload.id, callOf(OMID)), isCode('UPLOAD_UNKNOWN'))
  const elsewhere = callOf(SARA, 'admin', '00000000-0000-7000-8000-0000000000ff')
  await assert.rejects(complete(upload.id, elsewhere), isCode('UPLOAD_UNKNOWN'))
  assert.equal((await complete(upload.id, callOf(OMID, 'admin'))).ownerId, SARA)
})

test('one that was given up ends by itself, with what came and the room that was kept for it', async () => {
  const call = callOf('00000000-0000-7000-8000-00000000001a')
  const [late, open] = [await create(500, {}, call), await create(300, {}, call)]
  await testbed.put(late.url, randomBytes(500))
  await testbed.put(open.url, randomBytes(300))
  // As a process leaves it that dies after its bytes were stored, and before that was written down.
  const { objectKey } = (
    await testbed.ask(sql<{ objectKey: string }>`select object_key as "objectKey" from file_mgr.files
      where id = ${late.fileId}`)
  )[0]!
  await testbed.deps.storage.put(objectKey, randomBytes(20))
  await testbed.ask(sql`update file_mgr.upload_sessions set expires_at = now() - interval '1 minute'
    where id = ${late.id}`)
  await assert.rejects(complete(late.id, call), isCode('UPLOAD_ENDED'))
  await testbed.jobs['file.remove-ended-uploads']()
  assert.deepEqual(await quotaOf(call), [0, 800])
  await testbed.ask(sql`update file_mgr.upload_sessions set expires_at = now() - interval '61 minutes'
    where id = ${late.id}`)
  for (const _ of [1, 2]) await testbed.jobs['file.remove-ended-uploads']()
  assert.deepEqual(await quotaOf(call), [0, 300])
  const keys = await testbed.keys()
  assert.ok(!keys.some((key) => key.includes(late.id) || key.includes(late.fileId)))
  assert.ok(keys.some((key) => key.includes(open.id)))
  await assert.rejects(complete(late.id, call), isCode('UPLOAD_UNKNOWN'))
  const left = await testbed.ask(sql`select from file_mgr.files where id = ${late.fileId}`)
  assert.equal(left.length, 0)
})

test('every object has a row that names it', async () => {
  const named = await testbed.ask(sql<{ key: string }>`select object_key as key from file_mgr.files
    union select object_key from file_mgr.upload_sessions`)
  const known = new Set(named.map(({ key }) => key))
  for (const key of await testbed.keys()) assert.ok(known.has(key), key)
})

test('names that lead elsewhere are none', async () => {
  for (const name of ['../a', 'a/b', 'a\\b', '', ' ', 'a\u0000b'])
    await assert.rejects(
      testbed.client.uploads.create({ name, bytes: 1 }, { context }),
      /validation failed/,
      name,
    )
})

const inputOf = (id: string) =>
  testbed.client.files.inputOf(
    { id, all: true, ownerId: null },
    { context: { ...context, actor: { ...context.actor, kind: 'system', id: null } } },
  )
