import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { RenderName } from '../segments/segments-system-store.ts'
import type { Tables } from '../tables.ts'

/** Where the work of a render stands. */
export interface Waiting {
  /** Frame jobs of it that are worked on, and that wait. */
  readonly running: number
  readonly pending: number
  /** Frame jobs of its own account that go before its first. */
  readonly before: number
}

/** Before so many it is only said that there are so many. */
const MOST_COUNTED = 1000

/** Is there a node that takes work? */
export async function isAnyNodeThere(transaction: SystemTransaction<Tables>): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select exists (select from render.nodes where state = 'online') as there`.execute(transaction)
  return rows[0]!.there
}

/** Counts the frame jobs that a render waits for, and those before them. */
export async function countBefore(
  transaction: SystemTransaction<Tables>,
  { tenantId, renderId }: RenderName,
): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    with own as (
      select job.* from render.frame_jobs as job where (job.tenant_id, job.id) in (
        select segment.tenant_id, segment.frame_job_id from render.segment_pins as pin
        join render.segments as segment on segment.tenant_id = pin.tenant_id and segment.id = pin.segment_id
        where pin.job_tenant_id = ${tenantId} and pin.render_job_id = ${renderId} and segment.state = 'rendering'
        union all
        select ${tenantId}::uuid, id from render.frame_jobs
        where tenant_id = ${tenantId} and render_job_id = ${renderId}
      ) and job.state in ('pending', 'leased')
    ), first as (
      select * from own where state = 'pending' order by priority desc, queued_at limit 1
    )
    select
      (select count(*)::int from own where state = 'leased') as running,
      (select count(*)::int from own where state = 'pending') as pending,
      (select count(*)::int from (
        select from render.frame_jobs as job, first
        where job.state = 'pending' and job.engine = first.engine
          and job.engine_build is not distinct from first.engine_build and job.lane = first.lane
          and job.payer_tenant_id = first.payer_tenant_id and job.account_id = first.account_id
          and (job.priority > first.priority or (job.priority = first.priority and job.queued_at < first.queued_at))
        limit ${MOST_COUNTED}
      ) as earlier) as before`.execute(transaction)
  return rows[0]!
}
