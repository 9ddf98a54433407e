import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { parseCronItems, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import { findLoss } from '../db/is-loss.ts'
import { openWorkerPool, type WorkerPool } from './open-worker-pool.ts'
import { returnJobsAhead } from './return-jobs-ahead.ts'
import { tellErrors } from './tell-errors.ts'
import type { WorkerOptions, WorkerTiming } from './worker-options.ts'

/** For every job under way so many are taken along. */
const JOBS_AHEAD = 4
/** One listens, one asks for what is due; statements of the queue take milliseconds and share the rest. */
const OTHER_CONNECTIONS = 2
const MOST_FOR_JOBS = 4

/** What a queue is run with. */
export interface RunOptions extends Pick<WorkerOptions, 'url' | 'cron' | 'concurrency' | 'onError'> {
  readonly tasks: TaskList
  readonly timing: WorkerTiming
  /** Done before the first job is taken under this id. */
  readonly register: (id: string) => Promise<void>
}

/** Graphile Worker at work, over connections of its own: one that doesn't end can be cut off and left behind. */
export interface QueueRun {
  /** By which its jobs are locked. */
  readonly id: string
  /** By which PostgreSQL knows its connections. */
  readonly name: string
  /** Resolves when it is of no more use: it ends by itself, has lost a connection or was given up. */
  readonly spent: Promise<void>
  giveUp(): void
  /** Has it looked for jobs since it was asked last? Where no hand is free it needn't. A fresh one is given time. */
  hasLooked(): boolean
  /** Has a look of it ever been answered? */
  hasBegun(): boolean
  /** Takes nothing more and waits for what is under way, as long as patience lasts. */
  stop(): Promise<void>
}

/** Starts one. Errors: DATABASE_UNREACHABLE, JOB_QUEUE_MISSING. */
export async function startRun(options: RunOptions): Promise<QueueRun> {
  const { url, concurrency, timing } = options
  const name = `worker ${randomUUID()}`
  const most = Math.min(concurrency, MOST_FOR_JOBS) + OTHER_CONNECTIONS
  const connections = await openWorkerPool(url, most, name)
  const state: State = { id: '', looked: true, begun: false, busy: 0, isSpent: false, spend: () => {} }
  const spent = new Promise<void>((resolve) => {
    state.spend = () => {
      state.isSpent = true
      resolve()
    }
  })
  try {
    const runner = await begin(options, connections, state)
    void runner.promise.catch(() => {}).then(state.spend)
    return {
      id: state.id,
      name,
      spent,
      giveUp: state.spend,
      hasLooked() {
        const { looked, busy } = state
        state.looked = false
        return looked || busy >= concurrency
      },
      hasBegun: () => state.begun,
      async stop() {
        const done = new AbortController()
        // Graphile Worker 0.18 never ends where two statements at once could not say how jobs came out.
        const patience = setTimeout(timing.patience * 1000, undefined, { signal: done.signal }).catch(
          () => {},
        )
        const end = Promise.allSettled([runner.stop(), runner.promise]).then(() => connections.end())
        await Promise.race([end, patience])
        done.abort()
        connections.cut()
      },
    }
  } catch (error) {
    connections.cut()
    throw error
  }
}

interface State {
  id: string
  looked: boolean
  begun: boolean
  /** Jobs under way. */
  busy: number
  isSpent: boolean
  spend: () => void
}

function begin(
  { tasks, cron, concurrency, timing, register, onError }: RunOptions,
  { pool }: WorkerPool,
  state: State,
) {
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => {
    state.id = workerPool.id
  })
  returnJobsAhead(events)
  events.on('localQueue:getJobs:complete', () => {
    state.looked = true
    state.begun = true
  })
  // Somebody stops it, or it stops itself for what it could not write down: nothing is taken from here on.
  events.on('pool:gracefulShutdown', state.spend)
  return run({
    pgPool: pool,
    taskList: countUnderWay(tasks, state),
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
    logger: tellErrors((error, what) => {
      // What it says of its own end follows from what it said before.
      if (what !== 'queue' || !state.isSpent) onError(error, what)
      // A look whose answer was lost may have taken jobs that nobody knows of: they are free when this id is gone.
      if (what === 'queue' && findLoss(error) !== undefined) state.spend()
    }),
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

/** Whoever works is alive, and with all hands full looks for nothing. */
function countUnderWay(tasks: TaskList, state: State): TaskList {
  const counted: TaskList = {}
  for (const [name, task] of Object.entries(tasks))
    counted[name] = async (payload, helpers) => {
      state.busy++
      try {
        return await task!(payload, helpers)
      } finally {
        state.busy--
        state.looked = true
      }
    }
  return counted
}
