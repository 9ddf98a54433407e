import type { JobKind, Lease, NodeFailure, NodeResult } from '@flatrender/contracts/node'
import type { SystemTransaction } from '@flatrender/platform/db'
import { type Selectable, sql } from 'kysely'
import type { Tables } from '../tables.ts'
import type { FrameJobName, NewFrameJob } from './new-frame-job.ts'

/** A frame job's row. */
export type FrameJobRow = Selectable<Tables['render.frame_jobs']>

/** Names that a query can join with; one that is said twice is one. */
function namesOf(given: readonly FrameJobName[]) {
  const names = [...new Map(given.map((name) => [`${name.tenantId} ${name.id}`, name])).values()]
  return sql`unnest(${names.map(({ tenantId }) => tenantId)}::uuid[], ${names.map(({ id }) => id)}::uuid[])
    as named (tenant_id, id)`
}

/** Puts jobs into the queue; ones that are there already stay as they are. Gives the ids of those that are new. */
export async function insertFrameJobs(
  transaction: SystemTransaction<Tables>,
  jobs: readonly NewFrameJob[],
): Promise<Set<string>> {
  const rows = jobs.map((job) => ({
    tenant_id: job.tenantId,
    id: job.id,
    kind: job.kind,
    payer_tenant_id: job.payer.tenantId,
    account_id: job.payer.accountId,
    render_job_id: job.renderJobId,
    lane: job.lane,
    priority: job.priority,
    engine_build: job.engineBuild,
    template_hash: job.templateHash,
    needed_memory_bytes: job.neededMemoryBytes,
    frames: job.frames,
    estimated_ms: Math.round(job.estimatedMs),
    input: job.input,
    waiters: job.waiters,
  }))
  const { rows: made } = await sql<{ id: string }>`
    insert into render.frame_jobs (tenant_id, id, kind, payer_tenant_id, account_id, render_job_id, lane, priority, engine_build,
      template_hash, needed_memory_bytes, frames, estimated_ms, input, waiters, queued_at)
    select tenant_id, id, kind, payer_tenant_id, account_id, render_job_id, lane, priority, engine_build,
      decode(template_hash, 'hex'), needed_memory_bytes, frames, estimated_ms, input, waiters, clock_timestamp()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as job (
      tenant_id uuid, id uuid, kind text, payer_tenant_id uuid, account_id uuid, render_job_id uuid, lane text, priority int,
      engine_build text, template_hash text, needed_memory_bytes bigint, frames int, estimated_ms int, input jsonb, waiters int
    )
    on conflict (tenant_id, id) do nothing returning id`.execute(transaction)
  return new Set(made.map(({ id }) => id))
}

/** Jobs by their names, held until the transaction ends, in the order in which everybody holds them; `overdue`: the lease is over. */
export async function lockFrameJobs(
  transaction: SystemTransaction<Tables>,
  names: readonly FrameJobName[],
): Promise<(FrameJobRow & { overdue: boolean })[]> {
  const { rows } = await sql<FrameJobRow & { overdue: boolean }>`
    select job.*, coalesce(job.lease_expires_at < clock_timestamp(), false) as overdue
    from render.frame_jobs as job join ${namesOf(names)} on job.tenant_id = named.tenant_id and job.id = named.id
    order by job.tenant_id, job.id for update of job`.execute(transaction)
  return rows
}

/** Jobs by their names, as they are now. */
export async function findFrameJobs(
  transaction: SystemTransaction<Tables>,
  names: readonly FrameJobName[],
): Promise<FrameJobRow[]> {
  const { rows } = await sql<FrameJobRow>`
    select job.* from render.frame_jobs as job join ${namesOf(names)} on job.tenant_id = named.tenant_id and job.id = named.id`.execute(
    transaction,
  )
  return rows
}

/** What a node was told with a job. */
export interface LeasedRow {
  readonly tenantId: string
  readonly id: string
  readonly kind: JobKind
  readonly fence: number
  readonly attempt: number
  readonly input: Readonly<Record<string, unknown>>
}

/** What a node may take. */
export interface LeaseWish {
  readonly nodeTenantId: string
  readonly nodeId: string
  readonly want: number
  readonly memoryBytes: number
}

/** How time and attempts are counted. */
export interface LeaseTerms {
  readonly leaseSeconds: number
  readonly ageingSeconds: number
  readonly silenceSeconds: number
  readonly mostAttempts: number
}

/**
 * Leases jobs to nodes, one after the other, in one statement; gives what each got, in their order. `again`: others had hold of
 * what there is, and it is to be asked for once more.
 */
export async function leaseRows(
  transaction: SystemTransaction<Tables>,
  wishes: readonly LeaseWish[],
  terms: LeaseTerms,
): Promise<{ jobs: LeasedRow[]; again: boolean }[]> {
  const { rows } = await sql<Omit<LeasedRow, 'id'> & { id: string | null; place: number }>`
    select place, job_tenant_id as "tenantId", job_id as id, job_kind as kind, job_fence::int as fence,
      job_attempt as attempt, job_input as input
    from render.lease_frame_jobs(
      ${wishes.map(({ nodeTenantId }) => nodeTenantId)}::uuid[], ${wishes.map(({ nodeId }) => nodeId)}::uuid[],
      ${wishes.map(({ want }) => want)}::int[],
      ${wishes.map(({ memoryBytes }) => Math.floor(memoryBytes))}::bigint[],
      ${terms.leaseSeconds}, ${terms.ageingSeconds}, ${terms.silenceSeconds}, ${terms.mostAttempts}
    )`.execute(transaction)
  const byPlace = Map.groupBy(rows, ({ place }) => place)
  return wishes.map((_, index) => {
    const found = byPlace.get(index + 1) ?? []
    const jobs = found.flatMap(({ place: _place, id, ...job }) => (id === null ? [] : [{ ...job, id }]))
    return { jobs, again: found.length > 0 && jobs.length === 0 }
  })
}

/** How an attempt ended that leaves its job where it is now. */
export interface Change extends FrameJobName {
  readonly state: 'pending' | 'verified' | 'cached' | 'failed' | 'cancelled'
  readonly attempts: number
  readonly tried: readonly string[]
  /** Seconds that it rests before it is leased again; null: it needn't. */
  readonly restSeconds: number | null
  readonly waiters: number
  readonly reported: 'completed' | 'failed' | null
  readonly result: NodeResult | null
  readonly error: NodeFailure | null
  readonly workedMs: number | null
}

/** Writes down what became of jobs that are held. */
export async function updateFrameJobs(
  transaction: SystemTransaction<Tables>,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map((change) => ({
    tenant_id: change.tenantId,
    id: change.id,
    state: change.state,
    attempts: change.attempts,
    tried: change.tried,
    rest: change.restSeconds,
    waiters: change.waiters,
    reported: change.reported,
    result: change.result,
    error: change.error,
    worked_ms: change.workedMs,
  }))
  await sql`
    update render.frame_jobs as job set
      state = change.state, attempts = change.attempts, tried_node_ids = change.tried, waiters = change.waiters,
      ready = change.rest is null,
      not_before_at = case when change.rest is null then job.not_before_at
        else clock_timestamp() + make_interval(secs => change.rest) end,
      lease_expires_at = null, reported = coalesce(change.reported, job.reported),
      result = coalesce(change.result, job.result), error = coalesce(change.error, job.error),
      worked_ms = coalesce(change.worked_ms, job.worked_ms),
      finished_at = case when change.state = 'pending' then null else clock_timestamp() end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as change (
      tenant_id uuid, id uuid, state text, attempts int, tried uuid[], rest double precision, waiters int, reported text,
      result jsonb, error jsonb, worked_ms int
    )
    where job.tenant_id = change.tenant_id and job.id = change.id`.execute(transaction)
}

/** What a node has made, and the farm has looked at. */
export interface Completion extends FrameJobName {
  readonly nodeId: string
  readonly fence: number
  readonly result: NodeResult
  readonly workedMs: number
}

/**
 * Ends jobs well whose leases still hold and whose kind it is, and holds them until the transaction ends; gives them as they
 * are now. The rest stays as it is. Said twice, one counts.
 */
export async function completeFrameJobs(
  transaction: SystemTransaction<Tables>,
  completions: readonly Completion[],
): Promise<FrameJobRow[]> {
  if (completions.length === 0) return []
  const rows = completions.map(({ tenantId, id, nodeId, fence, result, workedMs }) => ({
    tenant_id: tenantId,
    id,
    node_id: nodeId,
    fence,
    result,
    worked_ms: workedMs,
  }))
  const { rows: done } = await sql<FrameJobRow>`
    select job.* from render.complete_frame_jobs(${JSON.stringify(rows)}::jsonb) as job`.execute(transaction)
  return done
}

/** Says of jobs how many wait for them, and in which lane. */
export async function updateWaiters(
  transaction: SystemTransaction<Tables>,
  changes: readonly (FrameJobName & { waiters: number; lane: FrameJobRow['lane'] })[],
): Promise<void> {
  if (changes.length === 0) return
  await sql`
    update render.frame_jobs as job set waiters = change.waiters, lane = change.lane
    from jsonb_to_recordset(${JSON.stringify(changes.map(({ tenantId, ...rest }) => ({ tenant_id: tenantId, ...rest })))}::jsonb)
      as change (tenant_id uuid, id uuid, waiters int, lane text)
    where job.tenant_id = change.tenant_id and job.id = change.id`.execute(transaction)
}

/** Names a lease in a set: a node may know of two of one job, of which one holds. */
export const leaseName = ({ jobId, fence }: { readonly jobId: string; readonly fence: number }): string =>
  `${jobId} ${fence}`

/** A lease, and the node that says that it has it. */
export interface NamedLease extends Lease {
  readonly nodeId: string
}

/** Names a node's lease in a set. */
export const leaseOfNode = (lease: NamedLease): string => `${lease.nodeId} ${leaseName(lease)}`

/** Names of those of these leases that still hold; leases of which less than half is left are renewed. */
export async function renewLeases(
  transaction: SystemTransaction<Tables>,
  leases: readonly NamedLease[],
  leaseSeconds: number,
): Promise<Set<string>> {
  if (leases.length === 0) return new Set()
  const named = sql`unnest(${leases.map(({ tenantId }) => tenantId)}::uuid[], ${leases.map(({ jobId }) => jobId)}::uuid[],
    ${leases.map(({ fence }) => fence)}::bigint[], ${leases.map(({ nodeId }) => nodeId)}::uuid[])
    as named (tenant_id, id, fence, node_id)`
  const isHeld = sql`job.tenant_id = named.tenant_id and job.id = named.id and job.fence = named.fence
    and job.node_id = named.node_id and job.state = 'leased'`
  await sql`
    update render.frame_jobs as job set lease_expires_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    where (tenant_id, id) in (
      select job.tenant_id, job.id from render.frame_jobs as job join ${named} on ${isHeld}
      where job.lease_expires_at < clock_timestamp() + make_interval(secs => ${leaseSeconds / 2})
      order by job.tenant_id, job.id for update of job
    ) and job.state = 'leased'`.execute(transaction)
  const { rows } = await sql<NamedLease>`
    select job.id as "jobId", job.fence::int as fence, job.node_id as "nodeId" from render.frame_jobs as job
    join ${named} on ${isHeld}`.execute(transaction)
  return new Set(rows.map(leaseOfNode))
}

/** What a node holds. */
export async function findHeldBy(
  transaction: SystemTransaction<Tables>,
  nodeId: string,
): Promise<(FrameJobName & { fence: number })[]> {
  const { rows } = await sql<FrameJobName & { fence: number }>`
    select tenant_id as "tenantId", id, fence::int as fence from render.frame_jobs
    where state = 'leased' and node_id = ${nodeId}`.execute(transaction)
  return rows
}

/** Jobs whose lease is over. The lease query takes back those that have an attempt left. */
export async function findExpired(
  transaction: SystemTransaction<Tables>,
  most: number,
): Promise<(FrameJobName & { fence: number })[]> {
  const { rows } = await sql<FrameJobName & { fence: number }>`
    select tenant_id as "tenantId", id, fence::int as fence from render.frame_jobs
    where state = 'leased' and lease_expires_at < clock_timestamp() order by lease_expires_at limit ${most}`.execute(
    transaction,
  )
  return rows
}
