import {
  type ErrorCode,
  type ErrorData,
  errorDefinitions,
  FlatRenderError,
} from '@flatrender/contracts/errors'
import type { PaintOrder, PaintResult } from '../paint/paint-order.ts'
import type { WorkerFailure, WorkerReport } from './messages.ts'
import { startWorkerProcess, type WorkerExit, type WorkerProcess } from './worker-process.ts'

/** How many workers there are, and what they may take. */
export interface WorkerPoolOptions {
  /** Processes; as many as cores is best. */
  readonly workers: number
  /** Environment that workers inherit. */
  readonly environment: NodeJS.ProcessEnv
  /** Resident bytes beyond which a worker is killed. */
  readonly memoryLimit: number
  /** Milliseconds without a frame after which a worker counts as stuck. */
  readonly hangTimeout: number
  /** How often one order is tried. */
  readonly attempts: number
  /** Called for every worker that died over an order. */
  readonly onCrash: (crash: WorkerCrash) => Promise<string>
}

/** A worker's death, with all that reproduces it. */
export interface WorkerCrash {
  readonly order: PaintOrder
  readonly attempt: number
  readonly reason: string
  readonly exitCode: number | null
  readonly signal: string | null
  readonly lastLines: readonly string[]
  /** Last frame that was reported. */
  readonly frame: number | null
  /** Bytes, at the last report. */
  readonly rss: number
}

/** Workers that wait for orders. One that dies is replaced, and its order tried again. */
export interface WorkerPool {
  /** Paints a segment in some worker. Errors: WORKER_CRASHED, and what painting throws. */
  paint(order: PaintOrder, onFrame?: (frame: number) => void): Promise<PaintResult>
  /** Kills every worker; unfinished orders are rejected with RENDER_CANCELLED. */
  close(): Promise<void>
}

interface Job {
  readonly id: number
  readonly order: PaintOrder
  readonly onFrame: (frame: number) => void
  readonly resolve: (result: PaintResult) => void
  readonly reject: (error: unknown) => void
  attempt: number
}

interface Seat {
  process: WorkerProcess
  ready: boolean
  job: Job | undefined
  frame: number | null
  rss: number
  lastSign: number
  /** Why we killed it, if we did. */
  verdict: string | undefined
}

/** How often memory and silence are looked at, milliseconds. */
const WATCH_INTERVAL = 500

/** Starts workers, gives each one order at a time, and replaces those that die. */
export function openWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const seats = new Set<Seat>()
  const waiting: Job[] = []
  let nextId = 1
  let closed = false
  let bornDead = 0

  const start = (): void => {
    const seat: Seat = {
      process: undefined as never,
      ready: false,
      job: undefined,
      frame: null,
      rss: 0,
      lastSign: Date.now(),
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
      if (!seat.ready || seat.job !== undefined) continue
      const job = waiting.shift()
      if (job === undefined) return
      Object.assign(seat, { job, frame: null, lastSign: Date.now() })
      seat.process.send({ id: job.id, order: job.order })
    }
  }

  const hear = (seat: Seat, report: WorkerReport): void => {
    seat.lastSign = Date.now()
    if (report.type === 'ready') {
      seat.ready = true
      bornDead = 0
      deal()
      return
    }
    const { job } = seat
    if (job === undefined || job.id !== report.id) return
    if (report.type === 'frame') {
      Object.assign(seat, { frame: report.frame, rss: report.rss })
      job.onFrame(report.frame)
      return
    }
    seat.job = undefined
    if (report.type === 'done') job.resolve(report.result)
    else job.reject(reviveFailure(report.failure))
    deal()
  }

  const bury = async (seat: Seat, exit: WorkerExit): Promise<void> => {
    seats.delete(seat)
    if (closed) return
    if (!seat.ready && ++bornDead > options.workers * 2) {
      const error = new Error(`workers die as they start: ${exit.lastLines.join(' / ')}`)
      for (const job of waiting.splice(0)) job.reject(error)
      return
    }
    start()
    const { job } = seat
    if (job === undefined) return
    const reason = seat.verdict ?? (exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`)
    const { frame, rss } = seat
    const crash = {
      order: job.order,
      attempt: job.attempt,
      reason,
      exitCode: exit.code,
      signal: exit.signal,
      lastLines: exit.lastLines,
      frame,
      rss,
    }
    const record = await options.onCrash(crash)
    if (job.attempt >= options.attempts) {
      const { from, to, key } = job.order
      job.reject(
        new FlatRenderError('WORKER_CRASHED', {
          from,
          to: to - 1,
          piece: key.slice(0, 12),
          attempts: job.attempt,
          reason,
          record,
        }),
      )
      return
    }
    job.attempt++
    waiting.unshift(job)
    deal()
  }

  const watch = setInterval(() => {
    for (const seat of seats) {
      if (seat.job === undefined || seat.verdict !== undefined) continue
      const rss = seat.process.rss() ?? seat.rss
      seat.rss = rss
      if (rss > options.memoryLimit) seat.verdict = `memory: ${Math.round(rss / 1e6)} MB resident`
      else if (Date.now() - seat.lastSign > options.hangTimeout)
        seat.verdict = `silence: no frame for ${options.hangTimeout / 1000} s`
      if (seat.verdict !== undefined) void seat.process.kill()
    }
  }, WATCH_INTERVAL)
  watch.unref()

  for (let worker = 0; worker < options.workers; worker++) start()

  return {
    paint: (order, onFrame = () => {}) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new FlatRenderError('RENDER_CANCELLED'))
        waiting.push({ id: nextId++, order, onFrame, resolve, reject, attempt: 1 })
        deal()
      }),
    async close() {
      closed = true
      clearInterval(watch)
      const jobs = [...waiting.splice(0), ...[...seats].flatMap(({ job }) => job ?? [])]
      const gone = [...seats].map(({ process }) => process.kill())
      for (const job of jobs) job.reject(new FlatRenderError('RENDER_CANCELLED'))
      await Promise.all(gone)
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
