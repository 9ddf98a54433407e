import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { ToldAct } from '@flatrender/contracts/events'
import type { Event } from '@flatrender/platform/events'
import { sql } from 'kysely'
import { asSystem, callOf, isCode, OMID, openTestbed, SARA, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const admin = callOf('00000000-0000-7000-8000-0000000000ad', 'admin')
const list = async (call = callOf(), more: { kind?: 'picture' | 'export'; limit?: number } = {}) => {
  const { files } = await testbed.client.files.list(more, { context: call })
  return files.map(({ id }) => id)
}
const show = (id: string, call = callOf()) => testbed.client.files.show({ id }, { context: call })
const remove = (id: string, call = callOf()) => testbed.client.files.delete({ id }, { context: call })
const used = async (call = callOf()) => (await testbed.client.files.quota({}, { context: call })).usedBytes
const sees = (ownerId: string | null, id: string) =>
  testbed.client.files.inputOf({ id, all: false, ownerId }, { context: asSystem() })

test('members see their own files, who runs the tenant all, a key those of who made it', async () => {
  const content = randomBytes(100)
  const own = await testbed.upload(content)
  const other = await testbed.upload(randomBytes(10), callOf(OMID))
  assert.deepEqual(await list(), [own.id])
  assert.deepEqual(await list(callOf(OMID)), [other.id])
  assert.deepEqual(await list(admin), [other.id, own.id])
  const key = { ...callOf(), actor: { ...callOf().actor, kind: 'key' as const, id: randomUUID() } }
  assert.deepEqual(await list(key), [own.id])
  await assert.rejects(show(other.id), isCode('FILE_UNKNOWN'))
  await assert.rejects(remove(other.id), isCode('FILE_UNKNOWN'))
  const elsewhere = callOf(SARA, 'admin', '00000000-0000-7000-8000-0000000000ff')
  await assert.rejects(show(own.id, elsewhere), isCode('FILE_UNKNOWN'))
  assert.equal((await sees(SARA, own.id)).sha256, createHash('sha256').update(content).digest('hex'))
  for (const ownerId of [OMID, null]) await assert.rejects(sees(ownerId, own.id), isCode('FILE_UNKNOWN'))
})

test('a link opens the file under its name', async () => {
  const file = await testbed.upload(randomBytes(20), callOf(), 'گربه.png')
  const { url, expiresAt } = await show(file.id)
  assert.match(url, /method=get&expires=\d+&filename=%DA%AF/)
  assert.ok(Date.parse(expiresAt) > Date.now() + 3_500_000)
})

test('pages hold every file once, and kinds are told apart', async () => {
  const first = await testbed.client.files.list({ limit: 1 }, { context: admin })
  const seen = [...first.files]
  for (let next = first.next; next !== null; ) {
    const page = await testbed.client.files.list({ limit: 1, cursor: next }, { context: admin })
    seen.push(...page.files)
    next = page.next
  }
  assert.deepEqual(
    seen.map(({ id }) => id),
    await list(admin),
  )
  assert.deepEqual(await list(admin, { kind: 'picture' }), await list(admin))
  assert.deepEqual(await list(admin, { kind: 'export' }), [])
})

test('what is deleted is gone, its room at once and its object soon, once', async () => {
  const before = await used()
  const file = await testbed.upload(randomBytes(1000))
  const { storageKey } = await sees(SARA, file.id)
  assert.equal(await used(), before + 1000)
  const answers = await Promise.allSettled([remove(file.id), remove(file.id), remove(file.id)])
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.equal(await used(), before)
  await assert.rejects(show(file.id), isCode('FILE_UNKNOWN'))
  await testbed.tellEvents()
  assert.ok(!(await testbed.keys()).includes(storageKey))
  const rows = await testbed.ask(sql<{ state: string; object_key: string | null }>`
    select state, object_key from file_mgr.files where id = ${file.id}`)
  assert.deepEqual(rows, [{ state: 'deleted', object_key: null }])
  const acts = await testbed.ask(sql<{ data: ToldAct }>`
    select data from platform.events where subject = ${file.id} and type = 'file.act.recorded'`)
  assert.deepEqual(
    acts.map(({ data }) => [data.action, data.actorKind]),
    [['file.deleted', 'user']],
  )
})

test('a file that somebody needs stays until nobody does', async () => {
  const file = await testbed.upload(randomBytes(10))
  const by = { service: 'render', noun: 'render_jobs', id: randomUUID() }
  const context = asSystem()
  for (const _ of [1, 2]) await testbed.client.files.reference({ id: file.id, by }, { context })
  await assert.rejects(remove(file.id), isCode('FILE_IN_USE'))
  for (const _ of [1, 2]) await testbed.client.files.unreference({ by }, { context })
  await remove(file.id)
  await assert.rejects(
    testbed.client.files.reference({ id: file.id, by }, { context }),
    isCode('FILE_UNKNOWN'),
  )
})

test('who needs a file and who deletes it at once: one of them hears no', async () => {
  for (let round = 0; round < 10; round++) {
    const file = await testbed.upload(randomBytes(10))
    const by = { service: 'render', noun: 'render_jobs', id: randomUUID() }
    const [needed, deleted] = await Promise.allSettled([
      testbed.client.files.reference({ id: file.id, by }, { context: asSystem() }),
      remove(file.id),
    ])
    assert.notEqual(needed.status, deleted.status)
  }
})

test('a finished video is listed once, counted, and never refused; its object is another’s', async () => {
  const before = await used()
  const storageKey = `render/${DEFAULT_TENANT_ID}/exports/a.mp4`
  await testbed.deps.storage.put(storageKey, randomBytes(10))
  const id = randomUUID()
  const told = {
    id,
    ownerId: SARA,
    accountId: SARA,
    name: 'Promo.mp4',
    contentType: 'video/mp4',
    bytes: 5_000_000,
    sha256: '0'.repeat(64),
    storageKey,
  }
  const context = asSystem()
  const register = () => testbed.client.files.registerExport(told, { context })
  for (const _ of [1, 2]) assert.deepEqual(await register(), { fileId: id })
  assert.equal(await used(), before + 5_000_000)
  assert.deepEqual(await list(callOf(), { kind: 'export' }), [id])
  await assert.rejects(testbed.upload(randomBytes(1)), isCode('FILE_QUOTA_EXCEEDED'))
  for (const _ of [1, 2]) await testbed.client.files.forgetExport({ id }, { context })
  assert.equal(await used(), before)
  assert.deepEqual(await list(callOf(), { kind: 'export' }), [])
  await register()
  assert.equal(await used(), before + 5_000_000)
  await remove(id)
  await testbed.tellEvents()
  assert.ok((await testbed.keys()).includes(storageKey))
  assert.equal(await used(), before)
})

test('the files of a deleted user go with them', async () => {
  const own = await testbed.upload(randomBytes(10), callOf(OMID))
  const sara = await list()
  const event: Event = {
    id: randomUUID(),
    type: 'identity.user.deleted',
    source: 'identity',
    subject: OMID,
    tenantId: DEFAULT_TENANT_ID,
    data: { userId: OMID },
    happenedAt: new Date(),
    trace: null,
  }
  const { storageKey } = await sees(OMID, own.id)
  for (const _ of [1, 2])
    await testbed.consumers['file.forget-user']!.handle(event, new AbortController().signal)
  await testbed.tellEvents()
  assert.deepEqual(await list(callOf(OMID)), [])
  assert.ok(!(await testbed.keys()).includes(storageKey))
  assert.equal(await used(callOf(OMID)), 0)
  assert.deepEqual(await list(), sara)
})

test('what is between services is nobody else’s', async () => {
  const id = randomUUID()
  await assert.rejects(
    testbed.client.files.inputOf({ id, all: true, ownerId: null }, { context: admin }),
    isCode('ACCESS_FORBIDDEN'),
  )
  await assert.rejects(
    testbed.client.files.forgetExport({ id }, { context: admin }),
    isCode('ACCESS_FORBIDDEN'),
  )
})
