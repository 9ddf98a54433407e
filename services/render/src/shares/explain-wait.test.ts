import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import { addNode, enqueue, letJobsRest, probeJob, type TestNode, tenantOf } from '../testbed/farm.ts'
import { callOf, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { explainWaits } from './explain-wait.ts'
import { writeTerms } from './shares-system-store.ts'

let testbed: Testbed
let renderId: string
let node: TestNode
before(async () => {
  testbed = await openTestbed()
  renderId = randomUUID()
  await testbed.ask(sql`
    insert into render.render_jobs
      (tenant_id, id, account_id, template_id, template_version_id, template_package, modifications, output)
    values (${DEFAULT_TENANT_ID}, ${renderId}, ${DEFAULT_TENANT_ID}, ${randomUUID()}, ${randomUUID()}, '{}', '{}', '{}')`)
})
after(() => testbed.close())

const explain = async () =>
  (await explainWaits(testbed.render, [{ tenantId: DEFAULT_TENANT_ID, renderId }])).get(renderId)

test('why a render waits is told from its first job: no node, others first, the cap, a rest', async () => {
  assert.equal(await explain(), undefined)
  await enqueue(testbed, probeJob(), probeJob({ tenantId: tenantOf(1) }), probeJob({ lane: 'preview' }))
  await enqueue(testbed, probeJob({ renderJobId: renderId }))
  assert.deepEqual(await explain(), {
    reason: 'no_node',
    position: 2,
    jobsBefore: 3,
    expectedSeconds: null,
  })
  await addNode(testbed, 'old', { engineBuild: 'old' })
  assert.equal((await explain())!.reason, 'no_node_of_build')
  node = await addNode(testbed, 'one', { workers: 2 })
  assert.deepEqual(await explain(), {
    reason: 'queue',
    position: 2,
    jobsBefore: 3,
    expectedSeconds: 1.5,
  })
  const others = await node.lease(2)
  const payer = { tenantId: DEFAULT_TENANT_ID, accountId: DEFAULT_TENANT_ID }
  await testbed.deps.system.transact((transaction) =>
    writeTerms(transaction, { payer, weight: 100, runningCap: 1, runningBurst: 0 }),
  )
  assert.equal((await explain())!.reason, 'cap')
  for (const lease of others) await node.complete(lease)
  await testbed.ask(sql`update render.account_shares set running_cap = null`)
  const rest = await node.lease(16)
  assert.equal(await explain(), undefined, 'it is under way')
  for (const lease of rest) await node.fail(lease)
  const waits = await explain()
  assert.equal(waits!.reason, 'resting')
  await letJobsRest(testbed)
})

test('that all nodes which could do it are paused or drained is no lack of nodes', async () => {
  await testbed.ask(sql`update render.nodes set state = 'offline'`)
  await testbed.ask(sql`delete from render.frame_jobs`)
  await enqueue(testbed, probeJob({ renderJobId: renderId }))
  assert.equal((await explain())!.reason, 'no_node')
  const admin = { context: callOf({ role: 'admin' }) }
  const [ours, other] = [
    await addNode(testbed, 'ours'),
    await addNode(testbed, 'other', { engineBuild: 'b' }),
  ]
  await testbed.client.nodes.pause({ id: ours.id }, admin)
  assert.equal((await explain())!.reason, 'nodes_paused')
  await testbed.client.nodes.drain({ id: ours.id }, admin)
  await testbed.client.nodes.pause({ id: other.id }, admin)
  assert.equal((await explain())!.reason, 'nodes_paused')
  await testbed.client.nodes.retire({ id: ours.id }, admin)
  assert.equal((await explain())!.reason, 'no_node_of_build')
})

test('a node that takes no work, as with a full disk, has no free workers', async () => {
  await testbed.ask(sql`update render.nodes set state = 'offline'`)
  await testbed.ask(sql`delete from render.frame_jobs`)
  await enqueue(testbed, probeJob({ lane: 'interactive' }), probeJob({ renderJobId: renderId }))
  const [full, server] = [await addNode(testbed, 'full'), await addNode(testbed, 'roomy', { workers: 1 })]
  assert.equal((await explain())!.expectedSeconds, 0.2, 'five workers')
  await full.beat([], { takesWork: false })
  assert.equal((await explain())!.expectedSeconds, 1, 'one worker')
  await server.beat([], { takesWork: false })
  assert.equal((await explain())!.reason, 'nodes_paused')
  await full.beat()
  assert.equal((await explain())!.reason, 'queue')
  await full.beat([], { takesWork: false })
  const desktop = await addNode(testbed, 'idle desktop', { onlyWhenIdle: true })
  await desktop.beat([], { takesWork: false })
  assert.equal((await explain())!.reason, 'nodes_in_use')
})

test('that all nodes which could do it are in use is told, until somebody leaves one or it starts anew', async () => {
  await testbed.ask(sql`update render.nodes set state = 'offline'`)
  await testbed.ask(sql`delete from render.frame_jobs`)
  await enqueue(testbed, probeJob({ renderJobId: renderId }))
  const desktop = await addNode(testbed, 'desktop', { onlyWhenIdle: true })
  const other = await addNode(testbed, 'other desktop', { onlyWhenIdle: true, engineBuild: 'b' })
  const use = (node: TestNode, inUse = true) => node.beat([], { takesWork: !inUse })
  await use(other)
  assert.equal((await explain())!.reason, 'queue')
  await use(desktop)
  assert.deepEqual(await explain(), {
    reason: 'nodes_in_use',
    position: 1,
    jobsBefore: 0,
    expectedSeconds: null,
  })
  const server = await addNode(testbed, 'server')
  assert.equal((await explain())!.reason, 'queue')
  await testbed.client.nodes.pause({ id: server.id }, { context: callOf({ role: 'admin' }) })
  assert.equal((await explain())!.reason, 'nodes_in_use', 'this one works again by itself')
  await use(desktop, false)
  assert.equal((await explain())!.reason, 'queue')
  await use(desktop)
  await desktop.start()
  assert.equal((await explain())!.reason, 'queue')
  await testbed.client.nodes.retire({ id: desktop.id }, { context: callOf({ role: 'admin' }) })
  assert.equal((await explain())!.reason, 'nodes_paused')
})
