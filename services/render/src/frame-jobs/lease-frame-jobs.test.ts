import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { LeasedJob } from '@flatrender/contracts/node'
import { sql } from 'kysely'
import { writeTerms } from '../shares/shares-system-store.ts'
import {
  addNode,
  enqueue,
  findFalseShares,
  HEALTH,
  letJobsRest,
  letLeasesRunOut,
  PROBED,
  probeJob,
  readJobs,
  type TestNode,
  tenantOf,
} from '../testbed/farm.ts'
import { isCode, openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { cancelFrameJobs } from './cancel-frame-jobs.ts'
import { dropWaiters } from './drop-waiters.ts'
import { expireLeases } from './expire-leases.ts'

let testbed: Testbed
let one: TestNode
let two: TestNode
before(async () => {
  testbed = await openTestbed()
  one = await addNode(testbed, 'one')
  two = await addNode(testbed, 'two')
})
after(() => testbed.close())
afterEach(async () => {
  assert.deepEqual(await findFalseShares(testbed), [])
  await testbed.ask(sql`delete from render.frame_jobs`)
  await testbed.ask(sql`delete from render.tenant_shares`)
  await testbed.ask(sql`delete from render.node_crashes`)
  await testbed.ask(sql`update render.nodes set recent_failures = 0, state = 'online', reason = null`)
})

test('a job is leased once, reported once, and the same report again changes nothing', async () => {
  const [job] = await enqueue(testbed, probeJob())
  const [lease] = await one.lease(4)
  assert.equal(lease!.jobId, job!.id)
  assert.deepEqual([lease!.fence, lease!.attempt, lease!.leaseSeconds], [1, 1, 30])
  assert.deepEqual(await two.lease(4), [])
  assert.match((lease!.order as { media: { url: string } }).media.url, /render\/test\/media/)
  await assert.rejects(two.complete(lease!), isCode('LEASE_LOST'))
  await assert.rejects(one.complete({ ...lease!, fence: 2 }), isCode('LEASE_LOST'))
  await one.complete(lease!)
  await one.complete(lease!)
  await assert.rejects(one.fail(lease!), isCode('LEASE_LOST'))
  assert.equal((await readJobs(testbed)).get(job!.id)!.state, 'verified')
})

test('a lane goes before the lanes below it; within one, priority and then age', async () => {
  const [batch, old, young, high, preview] = await enqueue(
    testbed,
    probeJob({ lane: 'batch' }),
    probeJob(),
    probeJob(),
    probeJob({ priority: 5 }),
    probeJob({ lane: 'preview' }),
  )
  const order = []
  for (let taken = 0; taken < 5; taken++) order.push((await one.lease())[0]!.jobId)
  assert.deepEqual(
    order,
    [preview, high, old, young, batch].map((job) => job!.id),
  )
})

test('tenants are served by their weights, whoever queued more', async () => {
  await testbed.ask(sql`insert into render.tenant_shares (tenant_id, weight) values
    (${tenantOf(1)}, 100), (${tenantOf(2)}, 300)`)
  const jobsOf = (number: number, count: number) =>
    Array.from({ length: count }, () => probeJob({ tenantId: tenantOf(number) }))
  await enqueue(testbed, ...jobsOf(1, 60), ...jobsOf(2, 40))
  const leased: LeasedJob[] = []
  for (let call = 0; call < 10; call++) leased.push(...(await one.lease(4)))
  const of = (number: number) => leased.filter(({ tenantId }) => tenantId === tenantOf(number)).length
  assert.equal(leased.length, 40)
  assert.ok(Math.abs(of(2) - 30) <= 1, `${of(2)} of 40 went to the heavier`)
})

test('work that takes longer than was thought is charged with the next', async () => {
  const jobsOf = (number: number) =>
    Array.from({ length: 30 }, () => probeJob({ tenantId: tenantOf(number) }))
  await enqueue(testbed, ...jobsOf(1), ...jobsOf(2))
  const worked = [0, 0, 0]
  for (let turn = 0; turn < 32; turn++) {
    const [lease] = await one.lease()
    const number = lease!.tenantId === tenantOf(1) ? 1 : 2
    const ms = number === 1 ? 3000 : 1000
    worked[number]! += ms
    await one.complete(lease!, ms)
  }
  assert.ok(Math.abs(worked[1]! - worked[2]!) <= 4000, `${worked}`)
})

test('who comes back after a rest is not served for the time that they were away', async () => {
  const jobsOf = (number: number, count: number) =>
    Array.from({ length: count }, () => probeJob({ tenantId: tenantOf(number) }))
  await enqueue(testbed, ...jobsOf(1, 20))
  for (let call = 0; call < 10; call++) await one.complete((await one.lease())[0]!)
  await enqueue(testbed, ...jobsOf(2, 20))
  const leased = await Promise.all(Array.from({ length: 8 }, () => one.lease()))
  const ofNew = leased.flat().filter(({ tenantId }) => tenantId === tenantOf(2)).length
  assert.ok(ofNew >= 3 && ofNew <= 5, `${ofNew} of 8 went to the newcomer`)
})

test('accounts share their tenant’s turns, up to their caps, and beyond while nodes would stand idle', async () => {
  const payer = (account: number) => ({ tenantId: tenantOf(1), accountId: tenantOf(100 + account) })
  await testbed.deps.system.transact((transaction) =>
    writeTerms(transaction, { payer: payer(1), weight: 100, runningCap: 2, runningBurst: 1 }),
  )
  const jobs = (account: number, count: number) =>
    Array.from({ length: count }, () => probeJob({ payer: payer(account) }))
  await enqueue(testbed, ...jobs(1, 10), ...jobs(2, 3))
  const leased = await one.lease(16)
  const rows = await testbed.ask(
    sql<{
      account_id: string
      running: number
    }>`select account_id, running from render.account_shares order by 1`,
  )
  assert.deepEqual(
    rows.map(({ running }) => running),
    [3, 3],
  )
  assert.equal(leased.length, 6)
  assert.deepEqual(await two.lease(), [])
  await one.complete(leased[0]!)
  assert.equal((await two.lease(16)).length, 1)
})

test('a job goes only where its build, its memory and its attempts allow', async () => {
  const other = await addNode(testbed, 'other build', { engineBuild: 'other' })
  const [any, large, mine] = await enqueue(
    testbed,
    probeJob({ engineBuild: null }),
    probeJob({ neededMemoryBytes: 8_000_000_000 }),
    probeJob(),
  )
  assert.deepEqual(
    (await other.lease(16)).map(({ jobId }) => jobId),
    [any!.id],
  )
  assert.deepEqual(
    (await one.lease(16)).map(({ jobId }) => jobId),
    [mine!.id],
  )
  const leased = await one.lease(16, { memoryBytes: 9_000_000_000 })
  assert.deepEqual(
    leased.map(({ jobId }) => jobId),
    [large!.id],
  )
  await one.fail(leased[0]!)
  await letJobsRest(testbed)
  assert.deepEqual(await one.lease(16, { memoryBytes: 9_000_000_000 }), [], 'another node is there for it')
  assert.equal((await two.lease(16, { memoryBytes: 9_000_000_000 })).length, 1)
})

test('of those that stand at the front one goes first whose template the node holds', async () => {
  const hash = 'cd'.repeat(32)
  await testbed.client.node.beat(
    {
      health: HEALTH,
      running: [],
      takesWork: true,
      gained: [{ contentHash: hash, bytes: 5 }],
      dropped: [],
    },
    { context: one.context },
  )
  // A turn in four does without, so that nobody waits for ever behind those whose template is held.
  const next = sql<{ turn: string }>`select nextval('render.lease_turns') as turn`
  while (Number((await testbed.ask(next))[0]!.turn) % 4 !== 1);
  const [first, held] = await enqueue(testbed, probeJob(), probeJob({ templateHash: hash }))
  assert.equal((await one.lease())[0]!.jobId, held!.id)
  assert.equal((await one.lease())[0]!.jobId, first!.id)
})

test('what has waited too long in a lower lane gets a turn in eight', async () => {
  const [aged] = await enqueue(testbed, probeJob({ lane: 'batch' }))
  await testbed.ask(sql`update render.frame_jobs set queued_at = now() - interval '1 hour'`)
  await enqueue(testbed, ...Array.from({ length: 12 }, () => probeJob()))
  const order = []
  for (let turn = 0; turn < 10; turn++) order.push((await one.lease())[0]!.jobId)
  assert.ok(order.includes(aged!.id))
})

test('a failed attempt rests and goes elsewhere; the third is the last', async () => {
  const [job] = await enqueue(testbed, probeJob())
  const crash = {
    kind: 'died' as const,
    signal: 'SIGSEGV',
    exitCode: null,
    lastLines: 'oh',
    piece: 'intro',
    frame: 7,
    rssBytes: 5,
  }
  for (const [node, attempt] of [
    [one, 1],
    [two, 2],
    [one, 3],
  ] as const) {
    const [lease] = await node.lease()
    assert.equal(lease!.attempt, attempt)
    await node.fail(lease!, { crash })
    await node.fail(lease!, { crash })
    assert.deepEqual(await node.lease(), [], 'it rests')
    await letJobsRest(testbed)
  }
  assert.deepEqual(await two.lease(), [])
  const row = (await readJobs(testbed)).get(job!.id)!
  assert.deepEqual([row.state, row.attempts], ['failed', 3])
  const crashes = await testbed.ask(
    sql<{
      kind: string
      attempt: number
      frame: number
    }>`select kind, attempt, frame from render.node_crashes order by attempt`,
  )
  assert.deepEqual(
    crashes,
    [1, 2, 3].map((attempt) => ({ kind: 'died', attempt, frame: 7 })),
  )
})

test('what no attempt can mend fails at once, and is not held against the node', async () => {
  const [job] = await enqueue(testbed, probeJob())
  await one.fail((await one.lease())[0]!, { code: 'SLOT_PAINTED_NOTHING', retryable: false })
  assert.equal((await readJobs(testbed)).get(job!.id)!.state, 'failed')
  assert.deepEqual(await testbed.ask(sql`select id from render.nodes where recent_failures <> 0`), [])
})

test('a lease that nobody renews goes to somebody else, and its late report is refused', async () => {
  await enqueue(testbed, probeJob())
  const [lease] = await one.lease()
  await letLeasesRunOut(testbed)
  const [again] = await two.lease()
  assert.deepEqual([again!.jobId, again!.fence, again!.attempt], [lease!.jobId, 2, 2])
  await assert.rejects(one.complete(lease!), isCode('LEASE_LOST'))
  const { lost } = await one.beat([lease!])
  assert.deepEqual(
    lost.map(({ jobId }) => jobId),
    [lease!.jobId],
  )
  await two.complete(again!)
  const crashes = await testbed.ask(
    sql<{ kind: string; node_id: string }>`select kind, node_id from render.node_crashes`,
  )
  assert.deepEqual(crashes, [{ kind: 'node_lost', node_id: one.id }])
})

test('a heartbeat renews; what is lost for the third time has failed', async () => {
  const [job] = await enqueue(testbed, probeJob())
  for (const node of [one, two, one]) {
    const [lease] = await node.lease()
    assert.ok(lease !== undefined)
    await letLeasesRunOut(testbed)
    assert.deepEqual((await node.beat([lease])).lost, [], 'nobody has taken it yet')
    assert.equal(await expireLeases(testbed.render), 0)
    await letLeasesRunOut(testbed)
    assert.equal(await expireLeases(testbed.render), 1)
  }
  assert.equal((await readJobs(testbed)).get(job!.id)!.state, 'failed')
})

test('what is given back counts as no attempt; what a node’s former life held does', async () => {
  await enqueue(testbed, probeJob())
  const [lease] = await one.lease()
  await one.release(lease!)
  await one.release(lease!)
  const [second] = await one.lease()
  assert.deepEqual([second!.fence, second!.attempt], [2, 1])
  await one.start()
  const [third] = await two.lease()
  assert.deepEqual([third!.fence, third!.attempt], [3, 2])
})

test('what is said twice in one breath counts once', async () => {
  await enqueue(testbed, probeJob(), probeJob())
  const [first, second] = await one.lease(2)
  await one.release(first!, first!)
  assert.deepEqual(await findFalseShares(testbed), [])
  const report = { ...second!, workedMs: 5, result: PROBED }
  const { lost } = await testbed.client.node.reportMany(
    { reports: [report, { ...report, fence: 7 }, report] },
    { context: one.context },
  )
  assert.deepEqual(
    lost.map(({ fence }) => fence),
    [7],
  )
  assert.equal((await readJobs(testbed)).get(second!.jobId)!.state, 'verified')
})

test('what nobody waits for any more is cancelled, unless somebody has begun', async () => {
  const [shared, alone, begun] = await enqueue(
    testbed,
    probeJob({ waiters: 2, lane: 'batch' }),
    probeJob({ lane: 'batch' }),
    probeJob({ lane: 'preview' }),
  )
  const [lease] = await one.lease()
  const dropped = await testbed.deps.system.transact((transaction) =>
    dropWaiters(transaction, [shared!, alone!, begun!]),
  )
  assert.deepEqual(dropped, [{ tenantId: alone!.tenantId, id: alone!.id }])
  const states = await readJobs(testbed)
  assert.deepEqual(
    [shared, alone, begun].map((job) => states.get(job!.id)!.state),
    ['pending', 'cancelled', 'leased'],
  )
  await one.fail(lease!)
  assert.equal((await readJobs(testbed)).get(begun!.id)!.state, 'cancelled')
})

test('a job that is cancelled while a node has it is lost to that', async () => {
  const [job] = await enqueue(testbed, probeJob())
  const [lease] = await one.lease()
  await testbed.deps.system.transact((transaction) => cancelFrameJobs(transaction, [job!]))
  assert.equal((await one.beat([lease!])).lost.length, 1)
  await assert.rejects(one.complete(lease!), isCode('LEASE_LOST'))
})

test('who waits for work gets it when it comes', async () => {
  const waits = one.lease(1, { waitSeconds: 20 })
  const [job] = await enqueue(testbed, probeJob())
  assert.equal((await waits)[0]!.jobId, job!.id)
})

test('a node that fails out of proportion is quarantined, and says why', async () => {
  for (let round = 0; round < 5; round++) {
    await enqueue(testbed, probeJob())
    await one.fail((await one.lease())[0]!)
    await letJobsRest(testbed)
    await two.complete((await two.lease())[0]!)
  }
  await enqueue(testbed, probeJob())
  const { jobs, wish } = await testbed.client.node.lease(
    { want: 1, memoryBytes: 1, waitSeconds: 0 },
    { context: one.context },
  )
  assert.deepEqual([jobs, wish], [[], 'pause'])
  const rows = await testbed.ask(
    sql<{ state: string; reason: string }>`select state, reason from render.nodes where id = ${one.id}`,
  )
  assert.deepEqual(rows, [
    { state: 'quarantined', reason: '5 of its last 10 attempts failed, while other nodes’ succeed' },
  ])
})

test('who waits in vain is told at the end what became of it meanwhile', async () => {
  const node = await addNode(testbed, 'patient')
  const waits = async (change: ReturnType<typeof sql>) => {
    await node.beat()
    const question = { want: 1, memoryBytes: 1, waitSeconds: 1 }
    const asked = testbed.client.node.lease(question, { context: node.context })
    // As another server does it, of which this one hears nothing.
    await testbed.ask(sql`update render.nodes set ${change} where id = ${node.id}`)
    return asked
  }
  assert.deepEqual(await waits(sql`wish = 'work'`), { jobs: [], wish: 'work' })
  assert.deepEqual(await waits(sql`state = 'draining', wish = 'drain'`), { jobs: [], wish: 'drain' })
  await testbed.ask(sql`update render.nodes set state = 'online', wish = 'work' where id = ${node.id}`)
  await assert.rejects(waits(sql`state = 'retired'`), isCode('NODE_UNKNOWN'))
})
