import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Of so many frame jobs that ended last, those of the same template tell how long a frame takes. */
const LOOKED_AT = 500
/** Milliseconds of one worker for a frame of a million pixels, where nothing is learned yet. */
const UNLEARNED = 25

/** Learned milliseconds of one worker for a frame of a template, of this size. */
export async function learnMsPerFrame(
  transaction: SystemTransaction<Tables>,
  { templateHash, pixels }: { templateHash: string; pixels: number },
): Promise<number> {
  const { rows } = await sql<{ ms: number | null }>`
    select sum(worked_ms)::float8 / nullif(sum(frames * pixels), 0) as ms from (
      select template_hash, frames, worked_ms,
        (input->'settings'->>'width')::float8 * (input->'settings'->>'height')::float8 as pixels
      from (
        select kind, template_hash, frames, worked_ms, input from render.frame_jobs
        where finished_at is not null and state = 'verified' and kind = 'frames' and worked_ms is not null
        order by finished_at desc limit ${LOOKED_AT}
      ) as recent where template_hash = decode(${templateHash}, 'hex')
    ) as same`.execute(transaction)
  const ms = rows[0]?.ms ?? null
  return ms === null ? (UNLEARNED * pixels) / 1e6 : ms * pixels
}

/** Workers of nodes of a build that have nothing to do now. */
export async function countIdleWorkers(
  transaction: SystemTransaction<Tables>,
  build: string,
): Promise<number> {
  const { rows } = await sql<{ idle: number }>`
    select coalesce(sum(greatest(0, workers - (
      select count(*) from render.frame_jobs as job where job.node_id = node.id and job.state = 'leased'
    ))), 0)::int as idle
    from render.nodes as node where state = 'online' and engine_build = ${build}`.execute(transaction)
  return rows[0]!.idle
}
