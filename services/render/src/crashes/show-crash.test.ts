import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addNode, enqueue, probeJob, type TestNode, tenantOf } from '../testbed/farm.ts'
import { callOf, isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
let node: TestNode

before(async () => {
  testbed = await openTestbed()
  node = await addNode(testbed, 'one')
})
after(() => testbed?.close())

const context = callOf({ role: 'admin' })

test('a worker’s death is shown with the order that reproduces it, and nothing can be put by that', async () => {
  const [job] = await enqueue(
    testbed,
    probeJob({
      kind: 'thumbnail',
      input: {
        kind: 'thumbnail',
        media: { hash: 'ab'.repeat(32), bytes: 1, objectKey: 'render/test/media', extension: '.png' },
        seconds: 0,
        maxSide: 10,
        format: 'png',
        objectKey: 'render/test/thumbnail',
      },
    }),
  )
  const [lease] = await node.lease()
  assert.equal(lease!.jobId, job!.id)
  const crash = {
    kind: 'died',
    signal: 'SIGSEGV',
    exitCode: null,
    lastLines: 'out of luck',
    piece: null,
    frame: null,
    rssBytes: 5,
  } as const
  await node.fail(lease!, { crash })
  const { crashes } = await testbed.client.nodes.show({ id: node.id }, { context })
  const shown = await testbed.client.nodes.replay({ id: crashes[0]!.id }, { context })
  assert.deepEqual([shown.nodeId, shown.signal, shown.lastLines], [node.id, 'SIGSEGV', 'out of luck'])
  assert.ok(shown.order.kind === 'thumbnail')
  assert.match(shown.order.media.url, /signature=/)
  assert.equal(shown.order.put, '')
})

test('it is theirs who run the installation', async () => {
  const { crashes } = await testbed.client.nodes.show({ id: node.id }, { context })
  const id = crashes[0]!.id
  const { replay } = testbed.client.nodes
  await assert.rejects(
    replay({ id }, { context: callOf({ role: 'owner', tenantId: tenantOf(1) }) }),
    isCode('NODES_NOT_YOURS'),
  )
  await assert.rejects(replay({ id }, { context: callOf() }), isCode('ACCESS_FORBIDDEN'))
  await assert.rejects(replay({ id: node.id }, { context }), isCode('CRASH_NOT_FOUND'))
})
