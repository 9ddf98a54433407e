import { randomBytes, randomUUID } from 'node:crypto'
import { type Call, DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { NodeDescription, NodeFailure } from '@flatrender/contracts/node'
import { sql } from 'kysely'
import { enqueueFrameJobs } from '../frame-jobs/enqueue-frame-jobs.ts'
import type { NewFrameJob } from '../frame-jobs/new-frame-job.ts'
import { callAsSystem, callOf, type Testbed } from './open-testbed.ts'

/** The build that nodes of a test run, unless told. */
export const BUILD = 'test-build'

/** Bytes that a worker of a test may take, unless told. */
export const MEMORY = 4_000_000_000

const GIB = 2 ** 30

/** What a node of a test says of itself. */
export const describeNode = (more: Partial<NodeDescription> = {}): NodeDescription => ({
  version: '2.0.0-alpha.1',
  protocol: 1,
  engine: 'lottie',
  engineBuild: BUILD,
  platform: 'linux',
  arch: 'x64',
  cores: 4,
  memoryBytes: 16 * GIB,
  workers: 4,
  onlyWhenIdle: false,
  ...more,
})

/** How the machine of a test fares. */
export const HEALTH = {
  cpuLoad: 0.5,
  memoryUsedBytes: 1 * GIB,
  memoryTotalBytes: 16 * GIB,
  diskUsedBytes: 1 * GIB,
  diskTotalBytes: 100 * GIB,
}

/** A node of a test: what the contract says, asked as that node. */
export type TestNode = Awaited<ReturnType<typeof addNode>>

/** Makes a node known and starts it. */
export async function addNode(testbed: Testbed, name: string, more: Partial<NodeDescription> = {}) {
  const { client } = testbed
  const description = describeNode(more)
  const publicKey = randomBytes(32).toString('base64url')
  const { nodeId: id } = await client.nodes.enrolLocal(
    { name, publicKey, description },
    { context: callAsSystem() },
  )
  const context = callOfNode(id)
  const start = () => client.node.start({ description, templates: [] }, { context })
  await start()
  return {
    id,
    context,
    start,
    lease: async (want = 1, { memoryBytes = MEMORY, waitSeconds = 0 } = {}) =>
      (await client.node.lease({ want, memoryBytes, waitSeconds }, { context })).jobs,
    beat: (
      running: { tenantId: string; jobId: string; fence: number }[] = [],
      { takesWork = true }: { takesWork?: boolean } = {},
    ) =>
      client.node.beat(
        {
          health: HEALTH,
          running: running.map(({ tenantId, jobId, fence }) => ({ tenantId, jobId, fence, framesDone: 0 })),
          takesWork,
          gained: [],
          dropped: [],
        },
        { context },
      ),
    complete: (lease: { tenantId: string; jobId: string; fence: number }, workedMs = 1000) =>
      client.node.complete({ ...nameOf(lease), result: PROBED, workedMs }, { context }),
    fail: (lease: { tenantId: string; jobId: string; fence: number }, more: Partial<NodeFailure> = {}) =>
      client.node.fail(
        {
          ...nameOf(lease),
          failure: { code: 'WORKER_CRASHED', data: {}, retryable: true, ...more },
          workedMs: 100,
        },
        { context },
      ),
    release: (...leases: { tenantId: string; jobId: string; fence: number }[]) =>
      client.node.release({ leases: leases.map(nameOf), leaving: false }, { context }),
  }
}

const nameOf = ({ tenantId, jobId, fence }: { tenantId: string; jobId: string; fence: number }) => ({
  tenantId,
  jobId,
  fence,
})

/** The call of a node, as the gateway makes it. */
export function callOfNode(id: string): Call {
  const call = callOf()
  return { ...call, actor: { ...call.actor, kind: 'node', id, permissions: ['farm:work'] } }
}

/** What comes of a probe: the kind of work that puts no file. */
export const PROBED = {
  kind: 'probe' as const,
  info: { kind: 'sound' as const, hash: 'ab'.repeat(32), seconds: 1 },
}

/** The id of a tenant of a test, by a number. */
export const tenantOf = (number: number): string =>
  number === 0 ? DEFAULT_TENANT_ID : `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

/** Work for a node: the simplest, of the default tenant, unless told. */
export function probeJob(more: Partial<NewFrameJob> = {}): NewFrameJob {
  const tenantId = more.tenantId ?? more.payer?.tenantId ?? DEFAULT_TENANT_ID
  return {
    tenantId,
    id: randomUUID(),
    kind: 'probe',
    payer: { tenantId, accountId: tenantId },
    renderJobId: null,
    lane: 'interactive',
    priority: 0,
    engineBuild: BUILD,
    templateHash: null,
    neededMemoryBytes: 0,
    frames: 0,
    estimatedMs: 1000,
    input: {
      kind: 'probe',
      media: { hash: 'ab'.repeat(32), bytes: 1, objectKey: 'render/test/media', extension: '.wav' },
    },
    waiters: 1,
    ...more,
  }
}

/** Queues jobs in one transaction; gives them. */
export async function enqueue(testbed: Testbed, ...jobs: NewFrameJob[]): Promise<NewFrameJob[]> {
  await testbed.deps.system.transact((transaction) => enqueueFrameJobs(transaction, jobs))
  return jobs
}

/** Lets the leases of all jobs run out, as time would. */
export const letLeasesRunOut = (testbed: Testbed): Promise<unknown> =>
  testbed.ask(
    sql`update render.frame_jobs set lease_expires_at = now() - interval '1 second' where state = 'leased'`,
  )

/** Lets jobs that rest after a failure have rested. */
export const letJobsRest = (testbed: Testbed): Promise<unknown> =>
  testbed.ask(sql`update render.frame_jobs set not_before_at = now() where state = 'pending' and not ready`)

/** Where jobs stand, by their ids. */
export async function readJobs(testbed: Testbed) {
  const rows = await testbed.ask(
    sql<{
      id: string
      state: string
      attempts: number
      fence: string
      ready: boolean
      node_id: string | null
    }>`
      select id, state, attempts, fence, ready, node_id from render.frame_jobs`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Accounts and tenants whose counters differ from what stands in the queue: none, ever. */
export const findFalseShares = (testbed: Testbed): Promise<unknown[]> =>
  testbed.ask(sql`
    with real as (
      select payer_tenant_id as tenant_id, account_id,
        count(*) filter (where state = 'pending' and ready and lane = 'preview')::int as preview,
        count(*) filter (where state = 'pending' and ready and lane = 'interactive')::int as interactive,
        count(*) filter (where state = 'pending' and ready and lane = 'batch')::int as batch,
        count(*) filter (where state = 'leased')::int as running
      from render.frame_jobs group by 1, 2
    ), accounts as (
      select tenant_id, account_id, pending_preview, pending_interactive, pending_batch, share.running,
        coalesce(preview, 0) as preview, coalesce(interactive, 0) as interactive, coalesce(batch, 0) as batch,
        coalesce(real.running, 0) as real_running, best_lane, worst_lane, burst_lane
      from render.account_shares as share full join real using (tenant_id, account_id)
    )
    select 'account' as what, to_jsonb(accounts) as row from accounts
    where (pending_preview, pending_interactive, pending_batch, running) is distinct from (preview, interactive, batch, real_running)
    union all
    select 'tenant', to_jsonb(share) from render.tenant_shares as share left join (
      select tenant_id, sum(preview)::int as preview, sum(interactive)::int as interactive, sum(batch)::int as batch,
        sum(real_running)::int as running, min(best_lane) as best, max(worst_lane) as worst, min(burst_lane) as burst
      from accounts group by tenant_id
    ) as sums using (tenant_id)
    where (pending_preview, pending_interactive, pending_batch, share.running, best_lane, worst_lane, burst_lane)
      is distinct from (preview, interactive, batch, sums.running, best, worst, burst)`)
