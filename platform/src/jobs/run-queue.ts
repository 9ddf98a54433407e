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
/** A queue that has let everything go, and does nothing, and still doesn't end, is given up after so long, milliseconds. */
const STUCK_AFTER = 5000
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
  let running = await start(options, state)
  const supervising = (async () => {
    for (;;) {
      await running.ended
      if (stopping.signal.aborted) return
      const next = await startAgain(options, state, stopping.signal)
      if (next === undefined) return
      running = next
    }
  })()
  // One that has ended already can't be stopped, and needn't be.
  const end = ({ runner, stuck }: Running) => Promise.race([runner.stop().catch(() => {}), stuck])
  return {
    get id() {
      return state.id
    },
    async revive() {
      if (state.failedLooks >= FAILED_LOOKS) await end(running)
    },
    async stop() {
      stopping.abort()
      await end(running)
      await supervising
    },
  }
}

async function startAgain(
  options: QueueOptions,
  state: State,
  signal: AbortSignal,
): Promise<Running | undefined> {
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

/** One run of Graphile Worker. */
interface Running {
  readonly runner: Runner
  /** Resolves if it is given up: PostgreSQL went away at a moment at which it waits for ever. */
  readonly stuck: Promise<void>
  /** Resolves when it is over, in whatever way; why, its logger has told. */
  readonly ended: Promise<void>
}

interface State {
  id: string
  failedLooks: number
}

async function start(
  { pool, tasks, cron, concurrency, timing, register, onError }: QueueOptions,
  state: State,
): Promise<Running> {
  const events: WorkerEvents = new EventEmitter()
  const { counted, underWay } = countUnderWay(tasks)
  const stuck = Promise.withResolvers<void>()
  events.on('localQueue:setMode', ({ newMode }) => {
    if (newMode !== 'RELEASED') return
    const timer = setInterval(() => {
      if (underWay() > 0) return
      clearInterval(timer)
      stuck.resolve()
    }, STUCK_AFTER)
    timer.unref()
  })
  events.on('pool:create', ({ workerPool }) => Object.assign(state, { id: workerPool.id, failedLooks: 0 }))
  returnJobsAhead(events)
  events.on('worker:getJob:error', () => state.failedLooks++)
  for (const name of ['worker:getJob:empty', 'job:start'] as const)
    events.on(name, () => {
      state.failedLooks = 0
    })
  const runner = await run({
    pgPool: pool,
    taskList: counted,
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
  const ended = Promise.race([runner.promise.catch(() => {}), stuck.promise])
  return { runner, stuck: stuck.promise, ended }
}

/** The same tasks, and how many of them are being done. */
function countUnderWay(tasks: TaskList): { readonly counted: TaskList; readonly underWay: () => number } {
  let count = 0
  const counted = Object.entries(tasks).map(([name, task]) => {
    const done: typeof task = async (...given) => {
      count++
      try {
        return await task!(...given)
      } finally {
        count--
      }
    }
    return [name, done] as const
  })
  return { counted: Object.fromEntries(counted), underWay: () => count }
}
