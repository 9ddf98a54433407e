import type { RenderState } from '@flatrender/contracts/render'
import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { RenderName } from '../renders/render-name.ts'
import type { Tables } from '../tables.ts'

/** A render that is further. */
export interface Advanced extends RenderName {
  readonly state: RenderState
  /** Is everything there that it counts on? */
  readonly complete: boolean
}

const segmentList = (segments: readonly { readonly tenantId: string; readonly id: string }[]) =>
  sql`${segments.map(({ tenantId }) => tenantId)}::uuid[], ${segments.map(({ id }) => id)}::uuid[]`

/** Counts the frames of segments that are there now to the renders that count on them, and holds those. */
export async function addProgress(
  transaction: SystemTransaction<Tables>,
  segments: readonly { readonly tenantId: string; readonly id: string; readonly repaired: number }[],
): Promise<Advanced[]> {
  const counting = sql`
    select pin.job_tenant_id, pin.render_job_id, sum(pin.frames)::int as frames, sum(done.repaired)::int as repaired
    from unnest(${segmentList(segments)}, ${segments.map(({ repaired }) => repaired)}::int[])
      as done (tenant_id, id, repaired)
    join render.segment_pins as pin on pin.tenant_id = done.tenant_id and pin.segment_id = done.id
    group by pin.job_tenant_id, pin.render_job_id`
  await sql`with counting as (${counting})
    select from render.render_jobs as job join counting
      on counting.job_tenant_id = job.tenant_id and counting.render_job_id = job.id
    order by job.tenant_id, job.id for update of job`.execute(transaction)
  const { rows } = await sql<Advanced>`
    with counting as (${counting})
    update render.render_jobs as job set
      frames_done = case when job.state = 'rendering' then job.frames_done + counting.frames else job.frames_done end,
      frames_repaired = case when job.state = 'rendering'
        then job.frames_repaired + counting.repaired else job.frames_repaired end
    from counting
    where job.tenant_id = counting.job_tenant_id and job.id = counting.render_job_id
      and job.state in ('rendering', 'succeeded')
    returning job.tenant_id as "tenantId", job.id as "renderId", job.state, not exists (
      select from render.segment_pins as pin join render.segments as segment
        on segment.tenant_id = pin.tenant_id and segment.id = pin.segment_id
      where pin.job_tenant_id = job.tenant_id and pin.render_job_id = job.id and segment.state <> 'verified'
    ) as complete`.execute(transaction)
  return rows
}

/** The renders that count on any of these segments, in one order for everybody. */
export async function findCounting(
  transaction: SystemTransaction<Tables>,
  segments: readonly { readonly tenantId: string; readonly id: string }[],
): Promise<RenderName[]> {
  const { rows } = await sql<RenderName>`
    select distinct pin.job_tenant_id as "tenantId", pin.render_job_id as "renderId"
    from unnest(${segmentList(segments)}) as lost (tenant_id, id)
    join render.segment_pins as pin on pin.tenant_id = lost.tenant_id and pin.segment_id = lost.id
    order by 1, 2`.execute(transaction)
  return rows
}
