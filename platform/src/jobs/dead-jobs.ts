import type { Pool } from 'pg'
import { SUPERSEDED } from './superseded.ts'

/** A job that has failed so often that it is not tried again until somebody replays it. */
export interface DeadJob {
  readonly id: string
  /** The consumer or job: `<service>.<name>`. */
  readonly task: string
  readonly payload: unknown
  readonly attempts: number
  /** What the last attempt failed with; null where its process was killed. */
  readonly error: string | null
  readonly createdAt: Date
}

const DEAD = `attempts >= max_attempts and locked_at is null and not ${SUPERSEDED}`

/** The oldest dead jobs, at most `limit`. */
export async function listDeadJobs(pool: Pool, limit: number): Promise<readonly DeadJob[]> {
  const { rows } = await pool.query<DeadJob>(
    `select job.id::text, task.identifier as task, payload, attempts, last_error as error, created_at as "createdAt"
     from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = task_id
     where ${DEAD} order by job.id limit $1`,
    [limit],
  )
  return rows
}

/** Tries dead jobs again, from their first attempt on. Gives the ids of those that were dead. */
export async function replayDeadJobs(pool: Pool, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select id::text from graphile_worker.reschedule_jobs(
       array(select id from graphile_worker._private_jobs where id = any ($1::bigint[]) and ${DEAD}),
       run_at => now(), attempts => 0
     )`,
    [ids],
  )
  return rows.map(({ id }) => id)
}
