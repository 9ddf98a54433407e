import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { arrivingKey } from '../frame-jobs/arriving-key.ts'
import { removeUnusedInputs } from '../inputs/remove-unused-inputs.ts'
import { clearRender } from '../renders/clear-render.ts'
import type { RenderName } from '../renders/render-name.ts'
import type { RenderDeps } from '../service.ts'
import { openAccount } from '../testbed/fake-credits.ts'
import { addNode, type TestNode } from '../testbed/farm.ts'
import { callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { addPlannedRender } from '../testbed/planned-render.ts'
import { sha256 } from '../testbed/segments.ts'
import { assembleRender } from './assemble-render.ts'
import { removeExpiredExports } from './remove-expired-exports.ts'

const admin = { context: callOf({ role: 'admin' }) }
let testbed: Testbed
let node: TestNode

before(async () => {
  const { credits } = openAccount(0)
  const files = {
    unreference: async () => {},
    forgetExport: async () => {},
    registerExport: async ({ id }: { id: string }) => ({ fileId: id }),
  }
  testbed = await openTestbed({
    identity: { credits } as RenderDeps['identity'],
    files: { files } as never,
  })
  node = await addNode(testbed, 'one', { engineBuild: 'build x64' })
})
after(() => testbed?.close())

/** A render's one file. */
async function fileOf({ renderId }: RenderName) {
  const [file] = await testbed.ask(
    sql<{ id: string; state: string; failure_code: string | null }>`
      select id, state, failure_code from render.exports where render_job_id = ${renderId}`,
  )
  return file!
}

/** Has a render's file made, as a node does. */
async function finish(name: RenderName): Promise<void> {
  await assembleRender(testbed.render, name)
  const [lease] = await node.lease()
  const { tenantId, jobId, fence } = lease!
  const [file] = await testbed.ask(
    sql<{ object_key: string }>`select object_key from render.exports where render_job_id = ${name.renderId}`,
  )
  const video = Buffer.from(`the video of ${name.renderId}`)
  await testbed.render.storage.put(arrivingKey(file!.object_key, fence), video)
  const result = { kind: 'assemble' as const, hash: sha256(video), bytes: video.length, durationMs: 8000 }
  await testbed.client.node.complete(
    { tenantId, jobId, fence, result, workedMs: 1 },
    { context: node.context },
  )
  assert.equal((await fileOf(name)).state, 'ready')
}

/** Lets so many days pass for a render, as time would, and does what is done each day. */
async function letDaysPass({ renderId }: RenderName, days: number): Promise<void> {
  await testbed.ask(sql`update render.exports set expires_at = expires_at - make_interval(days => ${days}),
    recreation_ends_at = recreation_ends_at - make_interval(days => ${days}) where render_job_id = ${renderId}`)
  await testbed.ask(sql`update render.render_jobs set finished_at = finished_at - make_interval(days => ${days})
    where id = ${renderId}`)
  await testbed.ask(sql`update render.inputs as input set last_used_at = last_used_at - make_interval(days => ${days})
    from render.input_pins as pin where pin.input_id = input.id and pin.holder_id = ${renderId}`)
  await removeExpiredExports(testbed.render)
  await removeUnusedInputs(testbed.render)
}

/** Has the node fail with the file that is to be made. */
async function failToFinish(name: RenderName): Promise<void> {
  await assembleRender(testbed.render, name)
  const [lease] = await node.lease()
  await node.fail(lease!, { code: 'SEGMENT_UNVERIFIED', retryable: false })
}

/** A render whose file was there, and is not any more. */
async function addExpired() {
  const name = await addPlannedRender(testbed, 'assembling')
  await finish(name)
  await letDaysPass(name, 31)
  const { id, state } = await fileOf(name)
  assert.equal(state, 'expired')
  return { name, id }
}

const recreate = (id: string, key: string | null = null) =>
  testbed.client.exports.recreate({ id }, { context: { ...admin.context, idempotencyKey: key } })

const pinsOf = ({ renderId }: RenderName) =>
  testbed.ask(sql`select from render.segment_pins where render_job_id = ${renderId}`)

test('a render that is cancelled while it is assembled gives its file up', async () => {
  const name = await addPlannedRender(testbed, 'assembling')
  await assembleRender(testbed.render, name)
  const [lease] = await node.lease()
  assert.deepEqual([lease!.kind, (await fileOf(name)).state], ['assemble', 'assembling'])
  await testbed.client.renders.cancel({ id: name.renderId }, admin)
  await clearRender(testbed.render, name)
  const { state, failure_code } = await fileOf(name)
  assert.deepEqual([state, failure_code], ['failed', 'RENDER_CANCELLED'])
  assert.deepEqual(await pinsOf(name), [])
  await clearRender(testbed.render, name)
})

test('what a file is made of outlives it: it can be made again as long as it says, and no longer', async () => {
  const { name, id } = await addExpired()
  const shown = await testbed.client.exports.show({ id }, admin)
  assert.equal(shown.state, 'expired')
  const left = Date.parse(shown.recreatableUntil!) - Date.now()
  assert.equal(Math.round(left / 86_400_000), 29)
  assert.equal((await recreate(id)).state, 'assembling')
  await finish(name)
  await letDaysPass(name, 61)
  await assert.rejects(recreate(id), isCode('EXPORT_UNREPEATABLE'))
  const pins = sql`select from render.input_pins where holder_id = ${name.renderId}`
  assert.deepEqual(await testbed.ask(pins), [])
})

test('a file that could not be made again may be tried again, and nothing is held for it meanwhile', async () => {
  const { name, id } = await addExpired()
  await recreate(id)
  await failToFinish(name)
  await clearRender(testbed.render, name)
  assert.deepEqual([(await fileOf(name)).state, await pinsOf(name)], ['failed', []])
  assert.equal((await recreate(id)).state, 'assembling')
  await finish(name)
})

test('sent twice with one key a file is begun again once, and not at all where its answer could not be kept', async () => {
  const { name, id } = await addExpired()
  // Longer than a key that can be kept: as if the process ended in between.
  await assert.rejects(recreate(id, 'k'.repeat(256)))
  assert.equal((await fileOf(name)).state, 'expired')
  const first = await recreate(id, 'key')
  assert.deepEqual(await recreate(id, 'key'), first)
  await assert.rejects(recreate(id, 'other'), isCode('EXPORT_NOT_EXPIRED'))
  await finish(name)
})

test('of more who want a file made again than there are connections one begins it', {
  timeout: 60_000,
}, async () => {
  const { name, id } = await addExpired()
  const asked = await Promise.allSettled(Array.from({ length: 12 }, () => recreate(id)))
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 1)
  await finish(name)
})

test('a file that was never there is made by a retry of its render', async () => {
  const name = await addPlannedRender(testbed, 'assembling')
  await failToFinish(name)
  await assert.rejects(recreate((await fileOf(name)).id), isCode('EXPORT_NOT_EXPIRED'))
})
