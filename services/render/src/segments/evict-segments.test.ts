import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { evictSegments } from './evict-segments.ts'

const tenantId = DEFAULT_TENANT_ID

let testbed: Testbed
before(async () => {
  testbed = await openTestbed()
})
after(() => testbed?.close())

/** Segments that nobody used for so many years; the oldest come first. */
async function keepSegments(count: number, years: number): Promise<string[]> {
  const rows = await testbed.ask(sql<{ id: string; objectKey: string }>`
    insert into render.segments (tenant_id, key, frames, arch, engine_build, state, object_key, bytes, hash, verified_at, last_used_at)
    select ${tenantId}, sha256(random()::text::bytea), 10, 'x64', 'one', 'verified', 'render/segments/' || gen_random_uuid(),
      1, sha256('a'), now(), now() - make_interval(years => ${years})
    from generate_series(1, ${count})
    returning id, object_key as "objectKey"`)
  for (const { objectKey } of rows) await testbed.render.storage.put(objectKey, Buffer.from('a'))
  return rows.map(({ id }) => id)
}

const stateOf = async (ids: readonly string[]) => [
  ...new Set(
    (
      await testbed.ask(sql<{ state: string; gone: boolean }>`
        select distinct state, object_key is null as gone from render.segments where id = any (${ids}::uuid[])`)
    ).map(({ state, gone }) => `${state}${gone ? ', gone' : ''}`),
  ),
]

test('old segments go with their objects, also where more than are taken at once are older and counted on', async () => {
  const pinned = await keepSegments(201, 2)
  await testbed.ask(sql`insert into render.segment_pins (tenant_id, segment_id, job_tenant_id, render_job_id, frames)
    select ${tenantId}, id, ${tenantId}, ${randomUUID()}, 10 from unnest(${pinned}::uuid[]) as id`)
  const old = await keepSegments(1, 1)
  const fresh = await keepSegments(1, 0)
  await evictSegments(testbed.render)
  assert.deepEqual(await stateOf(pinned), ['verified'])
  assert.deepEqual(await stateOf(old), ['evicted, gone'])
  assert.deepEqual(await stateOf(fresh), ['verified'])
  const left = []
  for await (const { key } of testbed.render.storage.list('render/segments/')) left.push(key)
  assert.equal(left.length, 202)
  await testbed.ask(sql`delete from render.segment_pins`)
  await evictSegments(testbed.render)
  assert.deepEqual(await stateOf(pinned), ['evicted, gone'])
})

test('what was brought for a segment that is missing all the same goes too', async () => {
  const missing = await keepSegments(1, 0)
  await testbed.ask(sql`update render.segments set state = 'missing' where id = any (${missing}::uuid[])`)
  await evictSegments(testbed.render)
  assert.deepEqual(await stateOf(missing), ['evicted, gone'])
})
