import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Deletes jobs that ended so many days ago; gives how many there were. */
export async function deleteOldJobs(
  transaction: SystemTransaction<Tables>,
  { days, most }: { days: number; most: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from render.frame_jobs where (tenant_id, id) in (
      select tenant_id, id from render.frame_jobs
      where finished_at < now() - make_interval(secs => ${days * 86_400}) order by finished_at limit ${most}
      for update skip locked
    )`.execute(transaction)
  return Number(numAffectedRows ?? 0)
}
