import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { asSystem, callOf, isCode, openTestbed, STARTERS, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

const tenantId = DEFAULT_TENANT_ID
const system = { context: asSystem(callOf()) }

/** Somebody who likes, rates and writes. */
async function settle(userId: string = randomUUID()): Promise<string> {
  const template = randomUUID()
  await testbed.ask(sql`insert into content.favourites (tenant_id, owner_id, template_id)
    values (${tenantId}, ${userId}, ${template})`)
  await testbed.ask(sql`insert into content.ratings (tenant_id, owner_id, template_id, stars, comment)
    values (${tenantId}, ${userId}, ${template}, 4, 'my own words')`)
  return userId
}
const rowsOf = async (userId: string) => (await testbed.client.rows.ofUser({ userId }, system)).rows

test('a person gets what is theirs, and services alone may ask for it', async () => {
  const mine = await settle()
  await settle()
  const { favourites, ratings, templates } = await rowsOf(mine)
  assert.deepEqual([favourites!.length, ratings!.length, templates!.length], [1, 1, 0])
  assert.deepEqual([ratings![0]!.comment, ratings![0]!.stars], ['my own words', 4])
  const asked = testbed.client.rows.ofUser({ userId: mine }, { context: callOf() })
  await assert.rejects(asked, isCode('ACCESS_FORBIDDEN'))
})

test('of who is deleted the stars stay, and no word; of others all does', async () => {
  const [leaving, staying] = [await settle(), await settle()]
  const before = await rowsOf(staying)
  const event = {
    id: randomUUID(),
    type: 'identity.user.deleted',
    source: 'identity',
    subject: leaving,
    tenantId,
    data: { userId: leaving },
    happenedAt: new Date(),
    trace: null,
  }
  const { types, handle } = testbed.consumers['content.forget-user']!
  assert.ok(types.includes(event.type))
  for (const _ of [1, 2]) await handle(event, new AbortController().signal)
  const { favourites, ratings } = await rowsOf(leaving)
  assert.deepEqual([favourites, ratings!.length], [[], 1])
  assert.deepEqual([ratings![0]!.comment, ratings![0]!.stars], ['', 4])
  assert.deepEqual(await rowsOf(staying), before)
})

test('a template that is there is not missing, whosever it is', async () => {
  await testbed.publishStarters(STARTERS)
  const [template] = await testbed.ask(sql<{
    id: string
    version: string
  }>`select id, current_version_id as version
    from content.templates limit 1`)
  const gone = randomUUID()
  const ask = (of: 'templates' | 'template_versions', ids: string[]) =>
    testbed.client.rows.missing({ of, ids }, system)
  assert.deepEqual(await ask('templates', [template!.id, gone]), { ids: [gone] })
  assert.deepEqual(await ask('template_versions', [template!.version, gone]), { ids: [gone] })
})
