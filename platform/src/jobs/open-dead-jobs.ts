import { type DeadJob, listDeadJobs, replayDeadJobs } from './dead-jobs.ts'
import { openWorkerPool } from './open-worker-pool.ts'

/** What is not tried any more, as whoever runs an installation sees it. */
export interface DeadJobs {
  /** The oldest, at most so many. */
  list(limit: number): Promise<readonly DeadJob[]>
  /** Has them tried again, from their first attempt on; gives the ids of those that were dead. */
  replay(ids: readonly string[]): Promise<readonly string[]>
  close(): Promise<void>
}

/** Opens the queue, by the address of `flatrender_worker`, without taking anything off it. Errors: DATABASE_UNREACHABLE, JOB_QUEUE_MISSING. */
export async function openDeadJobs(url: string): Promise<DeadJobs> {
  const { pool, end } = await openWorkerPool(url, 1, 'jobs')
  return {
    list: (limit) => listDeadJobs(pool, limit),
    replay: (ids) => replayDeadJobs(pool, ids),
    close: end,
  }
}
