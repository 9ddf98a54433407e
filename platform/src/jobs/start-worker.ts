import { FlatRenderError } from '@flatrender/contracts/errors'
import type { QueueDepth } from '../observe/open-metrics.ts'
import { countJobs } from './count-jobs.ts'
import { cutWhenSilent } from './cut-when-silent.ts'
import { type DeadJob, listDeadJobs, replayDeadJobs } from './dead-jobs.ts'
import { beatOnce, endConnections, keepBeating, leave } from './heartbeat.ts'
import { listTasks } from './list-tasks.ts'
import { openWorkerPool } from './open-worker-pool.ts'
import { REMOVE_EXPIRED } from './remove-expired.ts'
import { type FormerRun, runQueue } from './run-queue.ts'
import { subscribeConsumers } from './subscribe-consumers.ts'
import { tellLosses } from './tell-losses.ts'
import { TIMING, type WorkerOptions } from './worker-options.ts'

/** At a minute at which others rarely begin. */
const HOUSEKEEPING = { job: REMOVE_EXPIRED, at: '17 * * * *' }

/** One beats, one asks whether PostgreSQL answers; the rest read events. */
const CONNECTIONS = 4

/** A process's share of the events and background work. */
export interface Worker {
  /** By which `platform.workers` knows it; another one after the queue has had to start again. */
  readonly id: string
  /** The oldest jobs that are not tried any more, at most `limit` (100). */
  listDeadJobs(limit?: number): Promise<readonly DeadJob[]>
  /** How many jobs there are of all services, and how long the oldest waits. */
  countJobs(): Promise<QueueDepth>
  /** Can it take jobs? Errors: JOB_QUEUE_STALLED where it has had time to start again, and nothing looks for any. */
  check(): Promise<void>
  /** Tries dead jobs again, from their first attempt on. Gives the ids of those that were dead. */
  replayDeadJobs(ids: readonly string[]): Promise<readonly string[]>
  /**
   * Takes nothing more, waits for what is under way (which is told to hurry after 5 s), and leaves. After 10 s, or
   * where PostgreSQL is silent for so long, it waits no longer: what isn't done is done again, by others or later.
   */
  close(): Promise<void>
}

/**
 * Takes events and jobs off the queue: those that it knows; others wait for a process that knows them. What throws is
 * tried again after a while that grows, 25 times in all, over about three days; then it stays as a dead job. While
 * PostgreSQL is away it waits. Errors: DATABASE_UNREACHABLE, JOB_QUEUE_MISSING.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { url, cron, concurrency, timing = TIMING } = options
  const { onError, found } = tellLosses(options.onError)
  const connections = await openWorkerPool(url, CONNECTIONS)
  const { pool, end } = connections
  try {
    const tasks = listTasks(pool, options)
    await subscribeConsumers(pool, options)
    const register = (id: string) => beatOnce(pool, id, options)
    const leaveRun = async ({ id, name }: FormerRun) => {
      await endConnections(pool, name)
      await leave(pool, id)
    }
    const queue = await runQueue({
      url,
      tasks,
      cron: [...cron, HOUSEKEEPING],
      concurrency,
      timing,
      register,
      leave: leaveRun,
      onError,
    })
    await register(queue.id)
    const beat = async () => {
      await register(queue.id)
      found()
      await queue.revive()
    }
    const heart = keepBeating(pool, beat, { timing, onError })
    return {
      get id() {
        return queue.id
      },
      listDeadJobs: (limit = 100) => listDeadJobs(pool, limit),
      countJobs: () => countJobs(pool),
      async check() {
        const seconds = queue.idleSeconds
        // One that is given up is replaced within a beat or two.
        if (seconds >= 2 * timing.silence) throw new FlatRenderError('JOB_QUEUE_STALLED', { seconds })
      },
      replayDeadJobs: (ids) => replayDeadJobs(pool, ids),
      close: () =>
        cutWhenSilent(connections, timing.patience, async () => {
          await queue.stop()
          await heart.stop()
          // Where PostgreSQL is away, the others find it silent.
          for (const run of queue.runs)
            await leaveRun(run).catch((error: Error) => onError(error, 'heartbeat'))
          await end()
        }),
    }
  } catch (error) {
    await end()
    throw error
  }
}
