import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { RenderName } from '../renders/render-name.ts'
import type { Tables } from '../tables.ts'

const asked = (names: readonly RenderName[]) => sql`
  select * from unnest(
    ${names.map(({ tenantId }) => tenantId)}::uuid[], ${names.map(({ renderId }) => renderId)}::uuid[]
  ) as asked (tenant_id, render_id)`

/** The first of what a render waits for, and how things stand with it. */
export interface WaitingJob {
  /** The render. */
  readonly renderId: string
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

/** Looks at files that renders which are asked for name, and can't be planned without. */
const PROBING = sql`
  select asked.render_id, probe.tenant_id, probe.frame_job_id as id from asked
  join render.render_jobs as render
    on render.tenant_id = asked.tenant_id and render.id = asked.render_id and render.state = 'preparing'
  cross join lateral jsonb_each(render.media) as used
  join render.probes as probe on probe.tenant_id = (used.value->>'tenantId')::uuid
    and probe.hash = decode(used.value->>'hash', 'hex') and probe.state = 'pending'`

/** Those of these renders that can't be planned before a node has looked at a file of theirs. */
export async function findProbing(
  transaction: SystemTransaction<Tables>,
  names: readonly RenderName[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    with asked as (${asked(names)}) select distinct render_id as id from (${PROBING}) as probed`.execute(
    transaction,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Of each of these renders that waits the first job it waits for: none of one of which something is under way. */
export async function findWaiting(
  transaction: SystemTransaction<Tables>,
  names: readonly RenderName[],
): Promise<WaitingJob[]> {
  const { rows } = await sql<WaitingJob>`
    with asked as (${asked(names)}), named as (
      select asked.render_id, segment.tenant_id, segment.frame_job_id as id from asked
      join render.segment_pins as pin on pin.job_tenant_id = asked.tenant_id and pin.render_job_id = asked.render_id
      join render.segments as segment on segment.tenant_id = pin.tenant_id and segment.id = pin.segment_id
      where segment.state = 'rendering'
      union
      select asked.render_id, job.tenant_id, job.id from asked
      join render.frame_jobs as job on job.tenant_id = asked.tenant_id and job.render_job_id = asked.render_id
      union
      select probed.render_id, probed.tenant_id, probed.id from (${PROBING}) as probed
    ), open as (
      select named.render_id, job.* from render.frame_jobs as job
      join named on job.tenant_id = named.tenant_id and job.id = named.id
      where job.state in ('pending', 'leased')
    ), first as (
      select distinct on (render_id) * from open as waiting
      where state = 'pending' and not exists (
        select from open as busy where busy.render_id = waiting.render_id and busy.state = 'leased'
      )
      order by render_id, ready desc, priority desc, queued_at
    )
    select first.render_id as "renderId", not first.ready as resting, first.lane,
      first.engine_build as "engineBuild", first.estimated_ms as "estimatedMs",
      (select count(*)::int from (
        select from render.frame_jobs as other where other.state = 'pending' and other.ready
          and other.payer_tenant_id = first.payer_tenant_id and other.account_id = first.account_id
          and other.lane = first.lane and other.engine = first.engine
          and case when other.engine_build is null then '' else other.engine_build end = coalesce(first.engine_build, '')
          and other.estimated_ms >= 0
          and (other.priority > first.priority or (other.priority = first.priority and other.queued_at < first.queued_at))
        limit ${MOST_COUNTED}
      ) as before) as ahead,
      coalesce(share.weight, 100) as weight, coalesce(account.weight, 100) as "accountWeight",
      coalesce(account.running, 0) as running, account.running_cap as "runningCap"
    from first
    left join render.tenant_shares as share on share.tenant_id = first.payer_tenant_id
    left join render.account_shares as account
      on account.tenant_id = first.payer_tenant_id and account.account_id = first.account_id`.execute(
    transaction,
  )
  return rows
}

/** What there is to do a job. */
export interface NodeLoad {
  /** Nodes that were heard of lately. */
  readonly nodes: number
  /** Workers of those that run a build and take work. */
  readonly workersOfBuild: number
  /** Nodes that run it, work only while their machines are idle, and take no work now. */
  readonly inUseOfBuild: number
  /** Nodes that run it and are paused, drained or quarantined, or take no work for another reason, such as a full disk. */
  readonly stoppedOfBuild: number
}

/** Who could do jobs of a build; null: any may. */
export async function findNodeLoad(
  transaction: SystemTransaction<Tables>,
  engineBuild: string | null,
  silenceSeconds: number,
): Promise<NodeLoad> {
  const { rows } = await sql<NodeLoad>`
    select count(*)::int as nodes,
      coalesce(sum(workers) filter (where fits and state = 'online' and takes_work), 0)::int as "workersOfBuild",
      (count(*) filter (where fits and state = 'online' and not takes_work and only_when_idle))::int as "inUseOfBuild",
      (count(*) filter (where fits and (state <> 'online' or (not takes_work and not only_when_idle))))::int
        as "stoppedOfBuild"
    from (
      select state, workers, only_when_idle, takes_work,
        (${engineBuild}::text is null or engine_build = ${engineBuild}) as fits
      from render.nodes
      where state in ('online', 'draining', 'paused', 'quarantined')
        and last_seen_at > now() - make_interval(secs => ${silenceSeconds})
    ) as live`.execute(transaction)
  return rows[0]!
}

/** What else is in the queue. */
export interface QueueLoad {
  /** Of the tenants that have something in this lane or above. */
  readonly weights: number
  /** Jobs that wait in the lanes above. */
  readonly above: number
}

/** How much is to be done before and beside a job of a lane. */
export async function findQueueLoad(
  transaction: SystemTransaction<Tables>,
  lane: WaitingJob['lane'],
): Promise<QueueLoad> {
  const { rows } = await sql<QueueLoad>`
    select coalesce(sum(weight), 0)::int as weights,
      coalesce(sum(case ${lane} when 'batch' then pending_preview + pending_interactive
        when 'interactive' then pending_preview else 0 end), 0)::int as above
    from render.tenant_shares where best_lane is not null and best_lane <= case ${lane}
      when 'batch' then 2 when 'interactive' then 1 else 0 end`.execute(transaction)
  return rows[0]!
}
