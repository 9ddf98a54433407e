import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** The first of what a render waits for, and how things stand with it. */
export interface WaitingJob {
  readonly resting: boolean
  readonly lane: 'preview' | 'interactive' | 'batch'
  readonly engineBuild: string | null
  readonly estimatedMs: number
  /** Jobs of the account that go first; counted up to a bound. */
  readonly ahead: number
  readonly weight: number
  readonly accountWeight: number
  readonly running: number
  readonly runningCap: number | null
}

/** Jobs that are counted at most: a queue may be a million long, and a person is told the same. */
const MOST_COUNTED = 10_000

/** How a render's open jobs stand: how many are under way, and the first of those that wait; undefined where none does. */
export async function findWaiting(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderJobId }: { tenantId: string; renderJobId: string },
): Promise<{ leased: number; first: WaitingJob | undefined }> {
  const { rows } = await sql<WaitingJob & { leased: number }>`
    with named as (
      select segment.tenant_id, segment.frame_job_id as id from render.segment_pins as pin
      join render.segments as segment on segment.tenant_id = pin.tenant_id and segment.id = pin.segment_id
      where pin.job_tenant_id = ${tenantId} and pin.render_job_id = ${renderJobId} and segment.state = 'rendering'
      union
      select tenant_id, id from render.frame_jobs where tenant_id = ${tenantId} and render_job_id = ${renderJobId}
    ), open as (
      select job.* from render.frame_jobs as job join named on job.tenant_id = named.tenant_id and job.id = named.id
      where job.state in ('pending', 'leased')
    ), first as (
      select * from open where state = 'pending' order by ready desc, priority desc, queued_at limit 1
    )
    select not first.ready as resting, first.lane, first.engine_build as "engineBuild", first.estimated_ms as "estimatedMs",
      (select count(*)::int from (
        select from render.frame_jobs as other where other.state = 'pending' and other.ready
          and other.payer_tenant_id = first.payer_tenant_id and other.account_id = first.account_id
          and other.lane = first.lane and other.engine = first.engine
          and coalesce(other.engine_build, '') = coalesce(first.engine_build, '')
          and (other.priority > first.priority or (other.priority = first.priority and other.queued_at < first.queued_at))
        limit ${MOST_COUNTED}
      ) as before) as ahead,
      coalesce(share.weight, 100) as weight, coalesce(account.weight, 100) as "accountWeight",
      coalesce(account.running, 0) as running, account.running_cap as "runningCap",
      (select count(*)::int from open where state = 'leased') as leased
    from (select) as one left join first on true
    left join render.tenant_shares as share on share.tenant_id = first.payer_tenant_id
    left join render.account_shares as account
      on account.tenant_id = first.payer_tenant_id and account.account_id = first.account_id`.execute(
    transaction,
  )
  const { leased, ...first } = rows[0]!
  return { leased, first: (first.lane as WaitingJob['lane'] | null) === null ? undefined : first }
}

/** What else is in the queue and what there is to do it. */
export interface FarmLoad {
  /** Workers of live nodes, and of those that run a build. */
  readonly workers: number
  readonly workersOfBuild: number
  /** Of the tenants that have something in this lane or above. */
  readonly weights: number
  /** Jobs that wait in the lanes above. */
  readonly above: number
}

/** How much is to be done before and beside a job, and by how many. */
export async function findLoad(
  transaction: SystemTransaction<Tables>,
  { lane, engineBuild }: Pick<WaitingJob, 'lane' | 'engineBuild'>,
  silenceSeconds: number,
): Promise<FarmLoad> {
  const { rows } = await sql<FarmLoad>`
    select
      (select coalesce(sum(workers), 0)::int from render.nodes
        where state = 'online' and last_seen_at > now() - make_interval(secs => ${silenceSeconds})) as workers,
      (select coalesce(sum(workers), 0)::int from render.nodes
        where state = 'online' and last_seen_at > now() - make_interval(secs => ${silenceSeconds})
          and (${engineBuild}::text is null or engine_build = ${engineBuild})) as "workersOfBuild",
      coalesce(sum(weight), 0)::int as weights,
      coalesce(sum(case ${lane} when 'batch' then pending_preview + pending_interactive
        when 'interactive' then pending_preview else 0 end), 0)::int as above
    from render.tenant_shares where best_lane is not null and best_lane <= case ${lane}
      when 'batch' then 2 when 'interactive' then 1 else 0 end`.execute(transaction)
  return rows[0]!
}
