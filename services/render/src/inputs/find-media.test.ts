import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FlatRenderError } from '@flatrender/contracts/errors'
import type { NodeFailure } from '@flatrender/contracts/node'
import { requireStory } from '@flatrender/engine-scene'
import { sql } from 'kysely'
import { storedPackageSchema } from '../plans/stored-package.ts'
import { addNode, letJobsRest, type TestNode } from '../testbed/farm.ts'
import { callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { readTemplate } from '../testbed/store-template.ts'
import { ensureProbes } from './ensure-probes-system-store.ts'
import { findMedia } from './find-media.ts'
import { holdFiles } from './hold-files.ts'

const sara = callOf()
const { tenantId, id: accountId } = sara.actor
const asker = { payer: { tenantId, accountId: accountId! }, lane: 'interactive', priority: 0 } as const
let testbed: Testbed
let node: TestNode
const reported: unknown[] = []
let look: (logo: string) => ReturnType<typeof findMedia>

before(async () => {
  const template = await readTemplate('logo-reveal')
  const inputOf = async ({ id }: { id: string }) => ({
    storageKey: `file/${id}`,
    sha256: createHash('sha256').update(id).digest('hex'),
    bytes: 1,
    name: 'logo.png',
  })
  const reference = async () => {
    throw new Error('the file service is away')
  }
  testbed = await openTestbed({
    content: template.content,
    files: { files: { inputOf, reference } } as never,
    report: (error) => void reported.push(error),
  })
  await template.store(testbed.deps.storage)
  const stored = storedPackageSchema.parse(
    await template.content.versions.packageOf({ versionId: '' }, { context: sara }),
  )
  const opened = await testbed.render.templates.take(stored)
  look = (logo) =>
    findMedia(testbed.render, sara, {
      story: requireStory(opened.manifest, { name: 'Lumo', logo }),
      stored,
      template: opened,
      ownerId: accountId,
    })
  node = await addNode(testbed, 'one')
})
after(() => testbed?.close())

/** A file that nobody has looked at, and what asks a node to. */
async function upload() {
  const src = `file:${randomUUID()}`
  const { files, complete } = await look(src)
  assert.equal(complete, false)
  const ask = () =>
    testbed.render.system.transact((transaction) => ensureProbes(transaction, [...files.values()], asker))
  return { src, ask }
}

/** Has the node fail with what it was asked, as often as it is asked. */
async function failProbe(failure: Partial<NodeFailure>): Promise<void> {
  for (;;) {
    const [lease] = await node.lease()
    if (lease === undefined) return
    await node.fail(lease, failure)
    await letJobsRest(testbed)
  }
}

const letTimePass = () =>
  testbed.ask(sql`update render.probes set finished_at = finished_at - interval '1 hour'`)

test('a file that no node could look at for a passing reason is refused for a while, then looked at again', async () => {
  const { src, ask } = await upload()
  await ask()
  await failProbe({ code: 'NODE_LOST', retryable: true })
  await assert.rejects(look(src), isCode('NODE_LOST'))
  await letTimePass()
  assert.equal((await look(src)).complete, false)
  await ask()
  const [lease] = await node.lease()
  const info = { kind: 'picture', hash: 'ab'.repeat(32), width: 8, height: 8 } as const
  await testbed.client.node.complete(
    { tenantId, jobId: lease!.jobId, fence: lease!.fence, result: { kind: 'probe', info }, workedMs: 1 },
    { context: node.context },
  )
  assert.equal((await look(src)).complete, true)
})

test('what is wrong with a file itself stays wrong', async () => {
  const { src, ask } = await upload()
  await ask()
  const data = { file: `${'ab'.repeat(32)}.png`, reason: 'it is text' }
  await failProbe({ code: 'MEDIA_UNREADABLE', data, retryable: false })
  await letTimePass()
  await assert.rejects(look(src), (error: Error) => {
    assert.ok(isCode('MEDIA_UNREADABLE')(error))
    // A node knows neither: to it the file is its content.
    assert.match(error.message, new RegExp(`“${src}” .* \\(slot “logo” of scene “lockup”\\)\\.$`))
    const { scene, slot, node: last } = (error as FlatRenderError).data
    assert.deepEqual([scene, slot, last], ['lockup', 'logo', node.id])
    return true
  })
})

test('a failure that another release named says no more than that, and the file is looked at again', async () => {
  const { src, ask } = await upload()
  await ask()
  await failProbe({ code: 'LATER_CODE', retryable: false })
  await assert.rejects(look(src), isCode('MEDIA_UNREADABLE'))
  await letTimePass()
  assert.equal((await look(src)).complete, false)
})

test('a render that was taken on is answered, though its files could not be held yet: planning holds them', async () => {
  const media = await look(`file:${randomUUID()}`)
  await holdFiles(testbed.render, { tenantId, renderId: randomUUID() }, media)
  assert.equal(reported.length, 1)
})
