import type { Pool } from 'pg'
import type { QueueDepth } from '../observe/open-metrics.ts'
import { SUPERSEDED } from './superseded.ts'

const COUNT = `
select count(*) filter (where locked_at is null and attempts < max_attempts and run_at <= now())::int as ready,
  count(*) filter (where locked_at is not null)::int as running,
  count(*) filter (where locked_at is null and attempts < max_attempts and run_at > now())::int as waiting,
  count(*) filter (where locked_at is null and attempts >= max_attempts and not ${SUPERSEDED})::int as dead,
  coalesce(extract(epoch from now() - min(run_at)
    filter (where locked_at is null and attempts < max_attempts and run_at <= now())), 0)::float as oldest
from graphile_worker._private_jobs`

/** How many jobs of all services there are, and how long the oldest has waited that could begin, seconds. */
export async function countJobs(pool: Pool): Promise<QueueDepth> {
  const { rows } = await pool.query<QueueDepth>(COUNT)
  return rows[0]!
}
