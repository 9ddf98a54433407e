import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import {
  addNode,
  enqueue,
  findFalseShares,
  letJobsRest,
  letLeasesRunOut,
  MEMORY,
  probeJob,
  readJobs,
  type TestNode,
  tenantOf,
} from '../testbed/farm.ts'
import { openTestbed, type Testbed } from '../testbed/open-testbed.ts'
import { addWaiters } from './add-waiters.ts'
import { cancelFrameJobs } from './cancel-frame-jobs.ts'
import { dropWaiters } from './drop-waiters.ts'
import { expireLeases } from './expire-leases.ts'
import { type FrameJobEvent, type FrameJobState, MOST_ATTEMPTS, nextState } from './frame-job-state.ts'

let testbed: Testbed
let nodes: TestNode[]
before(async () => {
  testbed = await openTestbed()
  nodes = [await addNode(testbed, 'a'), await addNode(testbed, 'b'), await addNode(testbed, 'c')]
})
after(() => testbed.close())

/** A job as it should be. */
interface Job {
  readonly id: string
  readonly tenantId: string
  readonly lane: 'preview' | 'interactive' | 'batch'
  state: FrameJobState
  attempts: number
  waiters: number
  fence: number
  node: number | undefined
  tried: number[]
  overdue: boolean
  rested: boolean
  reported: 'completed' | 'failed' | undefined
}

interface Held {
  readonly node: number
  readonly lease: { readonly tenantId: string; readonly jobId: string; readonly fence: number }
}

/** What should be: all jobs, and every lease that there ever was. */
interface Model {
  readonly jobs: Map<string, Job>
  readonly leases: Held[]
}

/** Does to a job of the model what the table says; false where it can't happen. */
function happen(job: Job, event: FrameJobEvent, retryable = true): boolean {
  const counts = event === 'fail' || event === 'expire'
  const attempts = job.attempts + (counts ? 1 : 0)
  const next = nextState(job.state, event, { attempts, retryable, waiters: job.waiters })
  if (next === undefined) return false
  if (counts) job.tried.push(job.node!)
  Object.assign(job, { state: next, attempts, overdue: false, rested: false })
  return true
}

/** What a lease does before anything else: it takes back what was lost, and wakes what has rested. */
function maintain({ jobs }: Model): void {
  for (const job of jobs.values()) {
    if (job.state === 'leased' && job.overdue && job.attempts + 1 < MOST_ATTEMPTS && job.waiters > 0)
      happen(job, 'expire')
    if (job.state === 'resting' && job.rested) happen(job, 'wake')
  }
}

/** May this node have it? Not again, while another hasn't tried. */
const fits = (job: Job, node: number) =>
  job.state === 'pending' &&
  !(job.tried.includes(node) && nodes.some((_, other) => !job.tried.includes(other)))

type Command = fc.AsyncCommand<Model, null>

/** A command that can always be given; afterwards everything must be as the model says. */
const command = (words: string, run: (model: Model) => Promise<void>): Command => ({
  check: () => true,
  toString: () => words,
  async run(model) {
    await run(model)
    await compare(model)
  },
})

async function compare({ jobs }: Model): Promise<void> {
  const real = await readJobs(testbed)
  for (const job of jobs.values()) {
    const { state, attempts, fence, ready } = real.get(job.id)!
    const shown = state === 'pending' && !ready ? 'resting' : state
    assert.deepEqual([shown, attempts, Number(fence)], [job.state, job.attempts, job.fence])
  }
  assert.deepEqual(await findFalseShares(testbed), [])
  // Quarantine has a test of its own.
  await testbed.ask(sql`update render.nodes set recent_failures = 0, state = 'online', reason = null`)
}

const add = (tenant: number, lane: Job['lane'], waiters: number, count: number) =>
  command(`queue ${count} of tenant ${tenant} in ${lane}, wanted by ${waiters}`, async ({ jobs }) => {
    const made = Array.from({ length: count }, () =>
      probeJob({ tenantId: tenantOf(tenant), lane, waiters, estimatedMs: 100 }),
    )
    await enqueue(testbed, ...made)
    for (const { id, tenantId } of made)
      jobs.set(id, {
        id,
        tenantId,
        lane,
        waiters,
        state: 'pending',
        attempts: 0,
        fence: 0,
        node: undefined,
        tried: [],
        overdue: false,
        rested: false,
        reported: undefined,
      })
  })

const lease = (node: number, want: number) =>
  command(`node ${node} wants ${want}`, async (model) => {
    const rows = await testbed.render.leases.lease(
      { nodeTenantId: tenantOf(0), nodeId: nodes[node]!.id, want, memoryBytes: MEMORY },
      0,
    )
    maintain(model)
    for (const row of rows) {
      const job = model.jobs.get(row.id)!
      assert.ok(fits(job, node), `it got one that is ${job.state}`)
      happen(job, 'lease')
      Object.assign(job, { fence: job.fence + 1, node, reported: undefined })
      assert.deepEqual([row.fence, row.attempt], [job.fence, job.attempts + 1])
      model.leases.push({ node, lease: { tenantId: row.tenantId, jobId: row.id, fence: row.fence } })
    }
    const left = [...model.jobs.values()].filter((job) => fits(job, node))
    assert.equal(
      rows.length === want || left.length === 0,
      true,
      `${left.length} were left, and it wanted more`,
    )
    // Where an account's first can't be done by this node, its lower lanes may come early.
    const unfit = [...model.jobs.values()].some((job) => job.state === 'pending' && !fits(job, node))
    const lowest = Math.max(-1, ...rows.map(({ id }) => laneOf(model, id)))
    assert.ok(unfit || left.every((job) => rank(job.lane) >= lowest), 'a higher lane was left')
  })

const rank = (lane: Job['lane']) => ['preview', 'interactive', 'batch'].indexOf(lane)
const laneOf = ({ jobs }: Model, id: string) => rank(jobs.get(id)!.lane)

/** A report on any lease that ever was, by its node or another. */
const report = (what: 'complete' | 'fail' | 'break', index: number, byOther: boolean) =>
  command(
    `${byOther ? 'a stranger' : 'its node'} says ${what} of lease ${index}`,
    async ({ jobs, leases }) => {
      const held = leases.at(-1 - (index % Math.max(1, leases.length)))
      if (held === undefined) return
      const node = byOther ? (held.node + 1) % nodes.length : held.node
      const job = jobs.get(held.lease.jobId)!
      const current = job.node === node && job.fence === held.lease.fence
      const said = what === 'complete' ? 'completed' : 'failed'
      const right = current && (job.state === 'leased' || job.reported === said)
      const sent =
        what === 'complete'
          ? nodes[node]!.complete(held.lease)
          : nodes[node]!.fail(held.lease, { retryable: what === 'fail' })
      if (!right) return assert.rejects(sent, { code: 'LEASE_LOST' })
      await sent
      if (job.state !== 'leased') return
      happen(job, what === 'complete' ? 'complete' : 'fail', what !== 'break')
      job.reported = said
    },
  )

const giveBack = (index: number) =>
  command(`its node gives lease ${index} back`, async ({ jobs, leases }) => {
    const held = leases.at(-1 - (index % Math.max(1, leases.length)))
    if (held === undefined) return
    const job = jobs.get(held.lease.jobId)!
    const current = job.state === 'leased' && job.node === held.node && job.fence === held.lease.fence
    await nodes[held.node]!.release(held.lease)
    if (current) happen(job, 'release')
  })

const beat = (node: number) =>
  command(`node ${node} beats`, async ({ jobs, leases }) => {
    const mine = leases.filter((held) => held.node === node).slice(-200)
    const { lost } = await nodes[node]!.beat(mine.map((held) => held.lease))
    const expected = mine.filter(({ lease: { jobId, fence } }) => {
      const job = jobs.get(jobId)!
      return job.state !== 'leased' || job.node !== node || job.fence !== fence
    })
    assert.equal(lost.length, expected.length)
    for (const job of jobs.values()) if (job.state === 'leased' && job.node === node) job.overdue = false
  })

const restart = (node: number) =>
  command(`node ${node} starts anew`, async ({ jobs }) => {
    await nodes[node]!.start()
    for (const job of jobs.values()) if (job.state === 'leased' && job.node === node) happen(job, 'expire')
  })

const timeGoesBy = command('all leases run out', async ({ jobs }) => {
  await letLeasesRunOut(testbed)
  for (const job of jobs.values()) job.overdue = job.state === 'leased'
})

const rest = command('what rests has rested', async ({ jobs }) => {
  await letJobsRest(testbed)
  for (const job of jobs.values()) job.rested = job.state === 'resting'
})

const takeBack = command('what is lost is taken back', async ({ jobs }) => {
  await expireLeases(testbed.render)
  for (const job of jobs.values()) if (job.overdue) happen(job, 'expire')
})

/** Something that is done to the job with this number. */
const toJob = (words: string, index: number, run: (job: Job) => Promise<void>) =>
  command(`${words} job ${index}`, async ({ jobs }) => {
    const job = [...jobs.values()].at(index % Math.max(1, jobs.size))
    if (job !== undefined) await run(job)
  })

const isOpen = ({ state }: Job) => ['pending', 'resting', 'leased'].includes(state)

const drop = (index: number) =>
  toJob('one wants no more', index, async (job) => {
    await testbed.deps.system.transact((transaction) => dropWaiters(transaction, [job]))
    if (!isOpen(job) || job.waiters === 0) return
    job.waiters--
    if (job.waiters === 0 && job.state !== 'leased') happen(job, 'forsake')
  })

const join = (index: number) =>
  toJob('one more wants', index, async (job) => {
    await testbed.deps.system.transact((transaction) => addWaiters(transaction, [job], 'batch'))
    if (isOpen(job)) job.waiters++
  })

const cancel = (index: number) =>
  toJob('nobody may want', index, async (job) => {
    await testbed.deps.system.transact((transaction) => cancelFrameJobs(transaction, [job]))
    happen(job, 'cancel')
  })

const node = fc.nat(2)
const any = fc.nat(30)
const commands = fc.commands(
  [
    fc
      .tuple(
        fc.nat(2),
        fc.constantFrom('preview', 'interactive', 'batch'),
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 1, max: 6 }),
      )
      .map(([tenant, lane, waiters, count]) => add(tenant, lane, waiters, count)),
    fc.tuple(node, fc.integer({ min: 1, max: 8 })).map(([who, want]) => lease(who, want)),
    fc.tuple(node, fc.integer({ min: 1, max: 8 })).map(([who, want]) => lease(who, want)),
    fc
      .tuple(any, fc.boolean())
      .map(([which, byOther]) => report('complete', which, byOther && which % 4 === 0)),
    fc.tuple(any, fc.boolean()).map(([which, byOther]) => report('fail', which, byOther && which % 4 === 0)),
    any.map((which) => report('fail', which, false)),
    any.map((which) => report('break', which, false)),
    any.map(giveBack),
    node.map(beat),
    node.map(restart),
    fc.constant(timeGoesBy),
    fc.constant(rest),
    fc.constant(rest),
    fc.constant(takeBack),
    any.map(drop),
    any.map(join),
    any.map(cancel),
  ],
  { maxCommands: 60, size: 'max' },
)

test('whatever happens to jobs and leases, in whatever order, is what the table says', async () => {
  await fc.assert(
    fc
      .asyncProperty(commands, async (sequence) => {
        await fc.asyncModelRun(() => ({ model: { jobs: new Map(), leases: [] }, real: null }), sequence)
      })
      .afterEach(async () => {
        await testbed.ask(sql`delete from render.frame_jobs`)
        await testbed.ask(sql`delete from render.tenant_shares`)
      }),
    { numRuns: 30 },
  )
})
