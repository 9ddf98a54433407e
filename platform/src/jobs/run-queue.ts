import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { parseCronItems, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Pool } from 'pg'
import { returnJobsAhead } from './return-jobs-ahead.ts'
import { tellErrors } from './tell-errors.ts'
import type { WorkerOptions, WorkerTiming } from './worker-options.ts'

/** Before the queue is tried again that ended by itself, milliseconds. */
const RESTART_DELAY = 1000
/** For every job under way so many are taken along. */
const JOBS_AHEAD = 4
/** So many looks for a job that fail in a row, while PostgreSQL answers others, are more than an accident. */
const FAILED_LOOKS = 5

/** Graphile Worker at work. */
export interface Queue {
  /** By which its jobs are locked; another one after every restart. */
  readonly id: string
  /** Called while PostgreSQL answers: starts anew if the queue can't find its way back. */
  revive(): Promise<void>
  /** Takes nothing more and waits for what is under way. */
  stop(): Promise<void>
}

/** What a queue is run with. */
export interface QueueOptions extends Pick<WorkerOptions, 'cron' | 'concurrency' | 'onError'> {
  readonly pool: Pool
  readonly tasks: TaskList
  readonly timing: WorkerTiming
  /** Done before the first job is taken under this id. */
  readonly register: (id: string) => Promise<void>
}

/** Runs the queue, and runs it again when it ends by itself, as it does when PostgreSQL is away at the wrong moment. */
export async function runQueue(options: QueueOptions): Promise<Queue> {
  const stopping = new AbortController()
  const state = { id: '', failedLooks: 0 }
  let runner = await start(options, state)
  const supervising = (async () => {
    for (;;) {
      // Why it ended was told by its logger.
      await runner.promise.catch(() => {})
      if (stopping.signal.aborted) return
      const next = await startAgain(options, state, stopping.signal)
      if (next === undefined) return
      runner = next
    }
  })()
  // One that has ended already can't be stopped, and needn't be.
  const end = () => runner.stop().catch(() => {})
  return {
    get id() {
      return state.id
    },
    async revive() {
      if (state.failedLooks >= FAILED_LOOKS) await end()
    },
    async stop() {
      stopping.abort()
      await end()
      await supervising
    },
  }
}

async function startAgain(
  options: QueueOptions,
  state: State,
  signal: AbortSignal,
): Promise<Runner | undefined> {
  for (;;) {
    await setTimeout(RESTART_DELAY, undefined, { signal }).catch(() => {})
    if (signal.aborted) return undefined
    try {
      return await start(options, state)
    } catch (error) {
      options.onError(error as Error, 'queue')
    }
  }
}

interface State {
  id: string
  failedLooks: number
}

async function start(
  { pool, tasks, cron, concurrency, timing, register, onError }: QueueOptions,
  state: State,
): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => Object.assign(state, { id: workerPool.id, failedLooks: 0 }))
  returnJobsAhead(events)
  events.on('worker:getJob:error', () => state.failedLooks++)
  for (const name of ['worker:getJob:empty', 'job:start'] as const)
    events.on(name, () => {
      state.failedLooks = 0
    })
  return run({
    pgPool: pool,
    taskList: tasks,
    parsedCronItems: parseCronItems(
      cron.map(({ job, at }) => ({
        task: job,
        match: at,
        // One after the other, and one waiting at most.
        options: { queueName: job, jobKey: `${job}:cron`, jobKeyMode: 'preserve_run_at', backfillPeriod: 0 },
      })),
    ),
    concurrency,
    pollInterval: timing.poll * 1000,
    logger: tellErrors(onError),
    events,
    // Signals are the app's.
    noHandleSignals: true,
    preset: {
      worker: {
        // Without batches nobody waits for the answer: a lost connection would be an unhandled rejection.
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
        // Asked for one by one, 30,000 jobs take seven times as long; what a process has taken the others don't see.
        localQueue: { size: concurrency * JOBS_AHEAD },
      },
      plugins: [
        {
          name: 'flatrender',
          version: '0.0.0',
          worker: { hooks: { startWorker: (_, { worker }) => register(worker.workerPool.id) } },
        },
      ],
    },
  })
}
