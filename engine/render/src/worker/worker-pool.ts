import {
  type ErrorCode,
  type ErrorData,
  errorDefinitions,
  FlatRenderError,
} from '@flatrender/contracts/errors'
import type { WorkKind, WorkOrder, WorkResult } from '../work/work.ts'
import { crashFailure } from './crash-failure.ts'
import type { WorkerFailure, WorkerReport } from './messages.ts'
import type { WorkerCrash } from './worker-crash.ts'
import { startWorkerProcess, type WorkerExit, type WorkerProcess } from './worker-process.ts'

/** How many workers there are, and what they may take. */
export interface WorkerPoolOptions {
  /** Processes; as many as cores is best. */
  readonly workers: number
  /** Environment that workers inherit. */
  readonly environment: NodeJS.ProcessEnv
  /** Resident bytes beyond which a worker is killed. */
  readonly memoryLimit: number
  /** Bytes that a worker may grow by from its first order to the last before it is replaced; 250 MB unless told, and less near its limit. */
  readonly growth?: number
  /** Do workers start with the first order? At once when absent. */
  readonly lazy?: boolean
  /** Milliseconds without a sign of life after which a worker counts as stuck. */
  readonly hangTimeout: number
  /** How often one order is tried. */
  readonly attempts: number
  /** Called for every worker that died over an order; says where it is recorded. */
  readonly onCrash: (crash: WorkerCrash) => Promise<string>
}

/** Workers that wait for orders. One that dies is replaced, and its order tried again. */
export interface WorkerPool {
  /**
   * Has an order carried out in some worker. Errors: WORKER_CRASHED (a segment) or WORK_CRASHED (anything else), whose
   * cause is the last WorkerCrash; WORKER_UNSTARTABLE, RENDER_CANCELLED, and what the work throws.
   */
  run<Kind extends WorkKind>(
    order: WorkOrder<Kind>,
    hearing?: { readonly onFrame?: (frame: number) => void; readonly signal?: AbortSignal },
  ): Promise<WorkResult<Kind>>
  /** Kills every worker; unfinished orders are rejected with RENDER_CANCELLED when all are gone. */
  close(): Promise<void>
}

interface Job {
  readonly id: number
  readonly order: WorkOrder
  readonly onFrame: ((frame: number) => void) | undefined
  readonly resolve: (result: WorkResult) => void
  readonly reject: (error: unknown) => void
  attempt: number
  cancelled: boolean
}

interface Seat {
  process: WorkerProcess
  ready: boolean
  job: Job | undefined
  frame: number | null
  rss: number
  lastSign: number
  /** The first of the orders of one size that it had in a row: pixels of a frame, resident bytes at the most. */
  first: { readonly pixels: number; readonly rss: number } | undefined
  /** Why we killed it, if we did. */
  verdict: { readonly kind: WorkerCrash['kind']; readonly reason: string } | undefined
}

/** How often memory and silence are looked at, milliseconds. */
const WATCH_INTERVAL = 500
/** A busy machine may take this long to start a process, milliseconds. */
const START_PATIENCE = 30_000
/** A look that comes so late says that this process itself was asleep: a laptop was shut, or Ctrl-Z pressed. */
const ASLEEP = 5_000

/**
 * A worker keeps an encoder's memory for the next one. It grows by up to 25 MB a segment at first and by nearly nothing after
 * some thousand frames, 100 to 170 MB larger: only what grows further leaks. A new worker costs more than a second of processor
 * time until it is as fast as the old one was, so this is not met in ordinary work. Bytes.
 */
const GROWTH = 250e6
/** A share of what a worker may take: one that needed more is replaced before it is killed over an order. */
const NEARLY = 0.8

/** Starts workers, gives each one order at a time, and replaces those that die. */
export function openWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const seats = new Set<Seat>()
  /** Ends of workers that were replaced. */
  const leaving = new Set<Promise<void>>()
  const waiting: Job[] = []
  const unfinished = new Set<Job>()
  let nextId = 1
  let closing: Promise<void> | undefined
  /** Workers in a row that died with nothing done: so many are replaced, then something is wrong with all. */
  let diedInVain = 0
  let unstartable: FlatRenderError | undefined

  const start = (): void => {
    const seat: Seat = {
      process: undefined as never,
      ready: false,
      job: undefined,
      frame: null,
      rss: 0,
      first: undefined,
      lastSign: performance.now(),
      verdict: undefined,
    }
    seat.process = startWorkerProcess(options.environment, {
      onReport: (report) => hear(seat, report),
      onExit: (exit) => void bury(seat, exit),
    })
    seats.add(seat)
  }

  const deal = (): void => {
    for (const seat of seats) {
      if (!seat.ready || seat.job !== undefined || seat.verdict !== undefined) continue
      const job = waiting.shift()
      if (job === undefined) return
      Object.assign(seat, { job, frame: null, lastSign: performance.now() })
      seat.process.send({ id: job.id, order: job.order })
    }
  }

  const settle = (job: Job, outcome: () => void): void => {
    if (unfinished.delete(job)) outcome()
  }

  const hear = (seat: Seat, report: WorkerReport): void => {
    // What is said between the verdict and the end no longer counts.
    if (seat.verdict !== undefined) return
    seat.lastSign = performance.now()
    if (report.type === 'ready') {
      seat.ready = true
      deal()
      return
    }
    const { job } = seat
    if (job === undefined || job.id !== report.id) return
    if (report.type === 'frame') {
      seat.frame = report.frame
      weigh(seat, report.rss)
      if (report.frame !== null) job.onFrame?.(report.frame)
      return
    }
    diedInVain = 0
    seat.job = undefined
    settle(job, () => {
      if (report.type === 'done') job.resolve(report.result)
      else job.reject(reviveFailure(report.failure))
    })
    if (report.type === 'done' && hasGrown(seat, job.order, report.result)) replace(seat)
    deal()
  }

  /** Notes a worker's resident bytes, and condemns one that has too many. */
  const weigh = (seat: Seat, rss: number): void => {
    seat.rss = rss
    if (rss <= options.memoryLimit) return
    condemn(seat, { kind: 'out_of_memory', reason: `memory: ${Math.round(rss / 1e6)} MB resident` })
  }

  const condemn = (seat: Seat, verdict: NonNullable<Seat['verdict']>): void => {
    seat.verdict ??= verdict
    void seat.process.kill()
  }

  /** Is a worker much larger than when it began with frames of this size, or nearly too large? */
  const hasGrown = (seat: Seat, order: WorkOrder, result: WorkResult): boolean => {
    if (order.kind !== 'paint') return false
    const { peakRss } = result as WorkResult<'paint'>
    const pixels = order.settings.width * order.settings.height
    if (seat.first?.pixels !== pixels) seat.first = { pixels, rss: peakRss }
    const most = seat.first.rss + (options.growth ?? GROWTH)
    return peakRss > Math.min(most, options.memoryLimit * NEARLY)
  }

  /** Ends a worker without blaming it, and starts another; resolved when it is gone. */
  const replace = (seat: Seat): Promise<void> => {
    if (closing !== undefined) return closing
    seats.delete(seat)
    const gone = seat.process.kill().finally(() => leaving.delete(gone))
    leaving.add(gone)
    start()
    return gone
  }

  /** Whoever no longer wants an order hears so when nobody works at it any more. */
  const cancel = async (job: Job): Promise<void> => {
    if (!unfinished.has(job)) return
    job.cancelled = true
    const place = waiting.indexOf(job)
    const seat = [...seats].find((one) => one.job === job)
    if (place >= 0) waiting.splice(place, 1)
    // One that is just being buried sees the mark.
    else if (seat === undefined) return
    else await replace(seat)
    settle(job, () => job.reject(new FlatRenderError('RENDER_CANCELLED')))
  }

  const bury = async (seat: Seat, exit: WorkerExit): Promise<void> => {
    if (!seats.delete(seat) || closing !== undefined) return
    const { job } = seat
    const reason =
      seat.verdict?.reason ?? (exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`)
    if (job === undefined && ++diedInVain > options.workers * 2) {
      if (seats.size === 0) giveUp([reason, ...exit.lastLines].filter(Boolean).join(' / '))
      return
    }
    start()
    if (job === undefined) return
    const crash: WorkerCrash = {
      kind: seat.verdict?.kind ?? 'died',
      order: job.order,
      attempt: job.attempt,
      reason,
      exitCode: exit.code,
      signal: exit.signal,
      lastLines: exit.lastLines,
      frame: seat.frame,
      rss: seat.rss,
    }
    // A record that can't be written, on a full disk say, must not cost the render.
    const record = await options.onCrash(crash).catch((error: Error) => `none: ${error.message}`)
    if (job.cancelled) return settle(job, () => job.reject(new FlatRenderError('RENDER_CANCELLED')))
    if (job.attempt < options.attempts) {
      job.attempt++
      if (unstartable === undefined) waiting.unshift(job)
      else settle(job, () => job.reject(unstartable))
      deal()
      return
    }
    settle(job, () => job.reject(crashFailure(crash, record)))
  }

  const giveUp = (reason: string): void => {
    unstartable = new FlatRenderError('WORKER_UNSTARTABLE', { reason })
    for (const job of waiting.splice(0)) settle(job, () => job.reject(unstartable))
  }

  let lastLook = performance.now()
  const watch = setInterval(() => {
    const now = performance.now()
    const slept = now - lastLook > ASLEEP
    lastLook = now
    for (const seat of seats) {
      if (slept) seat.lastSign = now
      if (seat.verdict !== undefined || (seat.ready && seat.job === undefined)) continue
      weigh(seat, seat.process.rss() ?? seat.rss)
      const patience = seat.ready ? options.hangTimeout : Math.max(options.hangTimeout, START_PATIENCE)
      if (now - seat.lastSign > patience)
        condemn(seat, { kind: 'stuck', reason: `silence: no frame for ${patience / 1000} s` })
    }
  }, WATCH_INTERVAL)
  watch.unref()

  let started = false
  const startAll = (): void => {
    if (started) return
    started = true
    for (let worker = 0; worker < options.workers; worker++) start()
  }
  if (options.lazy !== true) startAll()

  return {
    run: <Kind extends WorkKind>(
      wanted: WorkOrder<Kind>,
      { onFrame, signal }: { onFrame?: (frame: number) => void; signal?: AbortSignal } = {},
    ) => {
      const result = Promise.withResolvers<WorkResult>()
      if (closing !== undefined || signal?.aborted === true)
        result.reject(new FlatRenderError('RENDER_CANCELLED'))
      else if (unstartable !== undefined) result.reject(unstartable)
      else {
        const { resolve, reject } = result
        // The compiler can't see that one kind's order is an order.
        const order = wanted as WorkOrder
        const job: Job = { id: nextId++, order, onFrame, resolve, reject, attempt: 1, cancelled: false }
        const onAbort = () => void cancel(job)
        signal?.addEventListener('abort', onAbort, { once: true })
        const settled = () => signal?.removeEventListener('abort', onAbort)
        result.promise.then(settled, settled)
        unfinished.add(job)
        waiting.push(job)
        startAll()
        deal()
      }
      return result.promise as Promise<WorkResult<Kind>>
    },
    close() {
      clearInterval(watch)
      waiting.length = 0
      // Orders end when their workers are gone: whoever cleans up after them meets nobody still writing.
      closing ??= Promise.all([...leaving, ...[...seats].map(({ process }) => process.kill())]).then(() => {
        for (const job of [...unfinished])
          settle(job, () => job.reject(new FlatRenderError('RENDER_CANCELLED')))
      })
      return closing
    },
  }
}

function reviveFailure({ message, stack, code, data }: WorkerFailure): Error {
  if (code !== undefined && code in errorDefinitions)
    return new FlatRenderError(code as ErrorCode, data as ErrorData)
  const error = new Error(message)
  error.stack = stack
  return error
}
