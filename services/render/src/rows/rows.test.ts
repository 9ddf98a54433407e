import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { keyOfSound } from '../plans/key-of-sound.ts'
import { callAsSystem, callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { makePlanObject } from '../testbed/plan-object.ts'

const tenantId = DEFAULT_TENANT_ID
const forgotten: string[] = []
let testbed: Testbed
before(async () => {
  const files = { forgetExport: async ({ id }: { id: string }) => void forgotten.push(id) }
  testbed = await openTestbed({ files: { files } as never })
})
after(() => testbed?.close())

const system = { context: callAsSystem() }
const rowsOf = async (userId: string) => (await testbed.client.rows.ofUser({ userId }, system)).rows

/** Somebody with a render under way, one that made a video, and a snapshot that they asked for. */
async function settle() {
  const userId = randomUUID()
  const heard = { tracks: [], seconds: 1 + Math.random(), range: { start: 0, end: 1 }, ducking: false }
  const object = { ...makePlanObject(), sound: heard }
  const plan = `render/${tenantId}/inputs/${userId}`
  const [painted] = object.plan.segments
  const framesOf = { [painted!.key]: 50, [keyOfSound(object)!]: 0 }
  const placeOf = (key: string) => `render/${tenantId}/segments/${key}`
  const segments = Object.keys(framesOf).map(placeOf)
  for (const key of [plan, ...segments])
    await testbed.render.storage.put(key, Buffer.from(JSON.stringify(object)))
  for (const [key, frames] of Object.entries(framesOf))
    await testbed.ask(sql`insert into render.segments (tenant_id, key, frames, arch, engine_build, state, object_key, bytes,
      hash, verified_at) values (${tenantId}, decode(${key}, 'hex'), ${frames}, 'x64', 'build', 'verified', ${placeOf(key)}, 1,
      ${Buffer.alloc(32)}, now())`)
  const insert = async (state: 'queued' | 'succeeded') => {
    const id = randomUUID()
    await testbed.ask(sql`insert into render.render_jobs (tenant_id, id, owner_id, account_id, template_id,
        template_version_id, template_package, modifications, output, metadata, webhook_url, state, finished_at,
        plan_hash, plan_object_key, frames_total, frames_done)
      values (${tenantId}, ${id}, ${userId}, ${userId}, ${randomUUID()}, ${randomUUID()}, '{}',
        '{"scenes": ["my own words"]}', '{}', '{"order": "mine"}', 'https://example.com/mine', ${state},
        ${state === 'succeeded' ? sql`now()` : null}, ${Buffer.alloc(32)}, ${plan}, 10,
        ${state === 'succeeded' ? 10 : 0})`)
    await testbed.ask(sql`with input as (
        insert into render.inputs (tenant_id, object_key, state, hash, bytes)
        values (${tenantId}, ${state === 'succeeded' ? plan : `render/${id}`}, 'ready', sha256(${id}::text::bytea), 1) returning *
      ) insert into render.input_pins (tenant_id, input_id, holder_tenant_id, holder_id)
        select tenant_id, id, tenant_id, ${id} from input`)
    return id
  }
  const [open, made] = [await insert('queued'), await insert('succeeded')]
  const exportId = randomUUID()
  const key = `render/${tenantId}/exports/${exportId}`
  await testbed.render.storage.put(key, Buffer.from('a video'))
  await testbed.ask(sql`insert into render.exports (tenant_id, id, render_job_id, container, state, object_key, bytes, hash,
      expires_at) values (${tenantId}, ${exportId}, ${made}, 'mp4', 'ready', ${key}, 7, ${Buffer.alloc(32)},
      now() + interval '1 day')`)
  await testbed.ask(sql`insert into render.snapshot_requests (tenant_id, owner_id, account_id, request_key, request, width,
      height, format) values (${tenantId}, ${userId}, ${userId}, sha256(${userId}::text::bytea), '{"a": "my own words"}', 1, 1,
      'png')`)
  return { userId, open, made, exportId, stored: [key, plan, ...segments] }
}

test('a person gets their renders and what they gave for them, without what only a machine can read', async () => {
  const { userId, open, made } = await settle()
  await settle()
  const rows = await rowsOf(userId)
  const renders = rows.render_jobs!
  assert.deepEqual(renders.map(({ id }) => id).sort(), [open, made].sort())
  assert.deepEqual(renders[0]!.modifications, { scenes: ['my own words'] })
  assert.ok(!('plan_object_key' in renders[0]!))
  assert.equal(rows.snapshot_requests!.length, 1)
  const asked = testbed.client.rows.ofUser({ userId }, { context: callOf() })
  await assert.rejects(asked, isCode('ACCESS_FORBIDDEN'))
})

test('of who is deleted no word and no video stays; that one was made, and what it cost, does', async () => {
  const [leaving, staying] = [await settle(), await settle()]
  const before = await rowsOf(staying.userId)
  const event = {
    id: randomUUID(),
    type: 'identity.user.deleted',
    source: 'identity',
    subject: leaving.userId,
    tenantId,
    data: { userId: leaving.userId },
    happenedAt: new Date(),
    trace: null,
  }
  const { types, handle } = testbed.service.consumers['render.forget-user']!
  assert.ok(types.includes(event.type))
  for (const _ of [1, 2]) await handle(event, new AbortController().signal)

  const { render_jobs: renders, snapshot_requests: requests } = await rowsOf(leaving.userId)
  assert.deepEqual(requests, [])
  const shown = renders!.map(({ id, state, modifications, metadata, webhook_url }) => {
    assert.deepEqual([modifications, metadata, webhook_url], [{}, {}, null])
    return [id, state]
  })
  assert.deepEqual(
    new Map(shown as [string, string][]),
    new Map([
      [leaving.open, 'cancelled'],
      [leaving.made, 'succeeded'],
    ]),
  )
  const [file] = await testbed.ask(
    sql`select state, object_key from render.exports where id = ${leaving.exportId}`,
  )
  assert.deepEqual(file, { state: 'expired', object_key: null })
  assert.deepEqual(forgotten, [leaving.exportId])
  for (const key of leaving.stored) assert.equal(await testbed.render.storage.head(key), undefined, key)
  // Nobody makes it again, whoever runs the tenant.
  const again = testbed.client.exports.recreate(
    { id: leaving.exportId },
    { context: callOf({ role: 'admin' }) },
  )
  await assert.rejects(again, isCode('EXPORT_UNREPEATABLE'))
  const pins = await testbed.ask(
    sql`select from render.input_pins where holder_id in (${leaving.open}, ${leaving.made})`,
  )
  assert.deepEqual(pins, [])
  assert.deepEqual(await rowsOf(staying.userId), before)
  for (const key of staying.stored) assert.ok((await testbed.render.storage.head(key)) !== undefined, key)
})
