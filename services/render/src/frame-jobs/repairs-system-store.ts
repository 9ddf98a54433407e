import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'
import type { EndedFrameJob } from './new-frame-job.ts'
import type { Settlement } from './settlement.ts'

/** Names exactly the frames that came out wrong. Whoever finds more of a segment that waits for its repair adds to that. */
export async function openRepairs(
  transaction: SystemTransaction<Tables>,
  settlements: readonly Settlement[],
): Promise<void> {
  const wrong = settlements.flatMap(({ row, attempt }) =>
    attempt.event !== 'fail'
      ? []
      : (attempt.failure.wrongFrames ?? []).map(({ key, frames, reason }) => ({
          tenant_id: row.tenant_id,
          frame_job_id: row.id,
          node_id: row.node_id,
          key,
          frames,
          reason,
        })),
  )
  if (wrong.length === 0) return
  await sql`
    insert into render.frame_repair_jobs as repair (tenant_id, segment_id, frames, reason, found_on_node_id, frame_job_id)
    select wrong.tenant_id, segment.id, wrong.frames, wrong.reason, wrong.node_id, wrong.frame_job_id
    from jsonb_to_recordset(${JSON.stringify(wrong)}::jsonb)
      as wrong (tenant_id uuid, frame_job_id uuid, node_id uuid, key text, frames int[], reason text)
    join render.segments as segment on segment.tenant_id = wrong.tenant_id and segment.key = decode(wrong.key, 'hex')
    on conflict (tenant_id, segment_id) where state = 'pending' do update set
      frames = (select array_agg(distinct frame order by frame) from unnest(repair.frames || excluded.frames) as frame),
      reason = excluded.reason, found_on_node_id = excluded.found_on_node_id, frame_job_id = excluded.frame_job_id`.execute(
    transaction,
  )
}

/** Says of the repairs that jobs were about how they ended. */
export async function closeRepairs(
  transaction: SystemTransaction<Tables>,
  ended: readonly EndedFrameJob[],
): Promise<void> {
  const frames = ended.filter(({ kind, attempts }) => kind === 'frames' && attempts > 0)
  if (frames.length === 0) return
  const states = frames.map(({ outcome }) => (outcome.state === 'verified' ? 'repaired' : outcome.state))
  await sql`
    update render.frame_repair_jobs as repair set state = ended.state, finished_at = now()
    from unnest(${frames.map(({ tenantId }) => tenantId)}::uuid[], ${frames.map(({ id }) => id)}::uuid[], ${states}::text[])
      as ended (tenant_id, id, state)
    where repair.tenant_id = ended.tenant_id and repair.frame_job_id = ended.id and repair.state in ('pending', 'rendering')`.execute(
    transaction,
  )
}

/** How many frames these jobs painted again of what had come wrong from elsewhere, by their segments' ids. */
export async function countRepaired(
  transaction: SystemTransaction<Tables>,
  ended: readonly EndedFrameJob[],
): Promise<ReadonlyMap<string, number>> {
  const again = ended.filter(({ attempts, outcome }) => attempts > 0 && outcome.state === 'verified')
  if (again.length === 0) return new Map()
  const { rows } = await sql<{ id: string; frames: number }>`
    select segment_id as id, sum(cardinality(frames))::int as frames from render.frame_repair_jobs
    where state = 'repaired' and (tenant_id, frame_job_id) in (
      select * from unnest(${again.map(({ tenantId }) => tenantId)}::uuid[], ${again.map(({ id }) => id)}::uuid[])
    ) group by segment_id`.execute(transaction)
  return new Map(rows.map(({ id, frames }) => [id, frames]))
}
