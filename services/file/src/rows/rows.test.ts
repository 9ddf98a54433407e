import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { asSystem, callOf, isCode, OMID, openTestbed, SARA, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const system = { context: asSystem() }
const rowsOf = async (userId: string) => (await testbed.client.rows.ofUser({ userId }, system)).rows

test('a person gets the list of their files, without where they lie; a deleted one is known, one that never was is not', async () => {
  const { id } = await testbed.upload(Buffer.from('mine'), callOf(SARA), 'mine.png')
  await testbed.upload(Buffer.from('theirs'), callOf(OMID), 'theirs.png')
  const { files, quotas } = await rowsOf(SARA)
  assert.deepEqual(
    files!.map(({ name, bytes }) => [name, bytes]),
    [['mine.png', 4]],
  )
  assert.ok(!('object_key' in files![0]!))
  assert.equal(quotas!.length, 1)
  const asked = testbed.client.rows.ofUser({ userId: SARA }, { context: callOf() })
  await assert.rejects(asked, isCode('ACCESS_FORBIDDEN'))

  const gone = randomUUID()
  await testbed.client.files.delete({ id }, { context: callOf(SARA) })
  await testbed.tellEvents()
  assert.deepEqual(await testbed.client.rows.missing({ of: 'files', ids: [id, gone] }, system), {
    ids: [gone],
  })
})

test('of who is deleted no file stays, and no name of one, nor a folder', async () => {
  const kept = await testbed.upload(Buffer.from('kept'), callOf(OMID), 'kept.png')
  await testbed.upload(Buffer.from('testament'), callOf(SARA), 'my testament.png')
  await testbed.ask(sql`with above as (
      insert into file_mgr.folders (tenant_id, owner_id, name)
      select tenant_id, owner_id, 'private' from file_mgr.files where name = 'my testament.png' returning *
    ), below as (
      insert into file_mgr.folders (tenant_id, owner_id, parent_id, name)
      select tenant_id, owner_id, id, 'very' from above returning *
    ) update file_mgr.files set folder_id = below.id from below where files.name in ('my testament.png', 'kept.png')`)
  const { handle } = testbed.consumers['file.forget-user']!
  const event = {
    id: randomUUID(),
    type: 'identity.user.deleted',
    source: 'identity',
    subject: SARA,
    tenantId: callOf().actor.tenantId,
    data: { userId: SARA },
    happenedAt: new Date(),
    trace: null,
  }
  for (const _ of [1, 2]) await handle(event, new AbortController().signal)
  await testbed.tellEvents()
  const rows = await rowsOf(SARA)
  assert.ok(rows.files!.length > 0)
  assert.ok(rows.files!.every(({ name, state }) => name === 'deleted' && state === 'deleted'))
  assert.deepEqual(rows.folders, [])
  const { files } = await testbed.client.files.list({ limit: 50 }, { context: callOf(OMID) })
  assert.ok(files.some(({ id, name }) => id === kept.id && name === 'kept.png'))
})
