import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { addNode, enqueue, findFalseShares, probeJob, readJobs, type TestNode } from '../testbed/farm.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'

let testbed: Testbed
let node: TestNode
let other: TestNode

before(async () => {
  testbed = await openTestbed()
  node = await addNode(testbed, 'one')
  other = await addNode(testbed, 'two')
})
after(() => testbed?.close())

test('a job that a node was given and never heard of goes back, and that was no attempt', async () => {
  const [heard, unheard, fresh] = await enqueue(testbed, probeJob(), probeJob(), probeJob())
  const leases = await node.lease(2)
  const lost = leases[1]!.jobId
  await testbed.ask(
    sql`update render.frame_jobs set leased_at = leased_at - interval '10 seconds' where state = 'leased'`,
  )
  // One that is on its way now may still come.
  const [late] = await node.lease()
  await node.beat(leases.slice(0, 1))
  const jobs = await readJobs(testbed)
  const states = [heard, unheard, fresh].map((job) => jobs.get(job!.id)!)
  assert.equal(states.filter(({ state }) => state === 'leased').length, 2)
  const back = states.find(({ state }) => state === 'pending')!
  assert.deepEqual([back.id, back.attempts, back.ready], [lost, 0, true])
  assert.equal(jobs.get(late!.jobId)!.state, 'leased')
  assert.deepEqual(await findFalseShares(testbed), [])

  // Whoever comes with it after all is too late.
  await assert.rejects(node.complete(leases[1]!), { code: 'LEASE_LOST' })
  const [again] = await other.lease()
  assert.equal(again!.jobId, lost)
  await other.complete(again!)
  await node.complete(leases[0]!)
})
