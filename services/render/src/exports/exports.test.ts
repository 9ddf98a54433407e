import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { clearRender } from '../renders/clear-render.ts'
import type { RenderName } from '../segments/segments-system-store.ts'
import type { RenderDeps } from '../service.ts'
import { openAccount } from '../testbed/fake-credits.ts'
import { addNode, type TestNode } from '../testbed/farm.ts'
import { callOf, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { addPlannedRender } from '../testbed/planned-render.ts'
import { assembleRender } from './assemble-render.ts'

const admin = { context: callOf({ role: 'admin' }) }
let testbed: Testbed
let node: TestNode

before(async () => {
  const { credits } = openAccount(0)
  testbed = await openTestbed({
    identity: { credits } as RenderDeps['identity'],
    files: { files: { unreference: async () => {} } } as never,
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
