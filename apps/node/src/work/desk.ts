import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Lease, LeasedJob, RunningLease } from '@flatrender/contracts/node'
import { keepAsking } from '../farm/keep-asking.ts'
import type { Farm } from '../farm/open-farm.ts'
import type { NodeLog } from '../node-log.ts'
import { carryOut, type Tools } from './carry-out.ts'
import { describeFailure, isDiskFull } from './describe-failure.ts'
import { openPace, type Pace } from './pace.ts'
import { openSeats } from './seats.ts'
import { type JobReport, openTellReports } from './tell-reports.ts'

/** The jobs that a node has in hand. */
export interface Desk {
  /** Begins a job; what comes of it is reported by itself. */
  take(job: LeasedJob): void
  /** Workers that stand idle, or will in a moment; none while too much still waits to be put. */
  idle(): number
  running(): RunningLease[]
  /** Drops what is somebody else's now: nothing is reported of it. */
  drop(leases: readonly Lease[]): void
  /** Ends all that runs and gives it back. */
  giveBack(): Promise<void>
  /** Resolved when nothing is in hand, or the signal aborts. */
  settled(signal: AbortSignal): Promise<void>
}

/** What the desk stands on, and who hears of it. */
export interface DeskOptions extends Tools {
  readonly farm: Farm
  readonly workers: number
  readonly log: NodeLog
  /** Reports are given up when it aborts. */
  readonly signal: AbortSignal
  /** Hears that a job has come to its workers' end, or to its own. */
  readonly onChange: () => void
  /** Hears that the disk is full. */
  readonly onDiskFull: () => void
}

interface Work {
  readonly lease: Lease
  readonly abort: AbortController
  framesDone: number
  readonly pace: Pace
  /** Do its workers still work? */
  painting: boolean
  /** Is it somebody else's now? */
  lost: boolean
  readonly ended: Promise<void>
}

type CameOfIt = JobReport extends infer One ? (One extends unknown ? Omit<One, keyof Lease> : never) : never

/** Opens an empty desk. */
export function openDesk(options: DeskOptions): Desk {
  const { farm, workers, log, signal, onChange, onDiskFull } = options
  const inHand = new Map<string, Work>()
  const tools = { ...options, seats: openSeats(workers) }

  const tell = openTellReports(farm)
  const report = (work: Work, came: CameOfIt) =>
    tell({ ...work.lease, ...came } as JobReport, AbortSignal.any([signal, work.abort.signal]))

  const finish = async (work: Work, job: LeasedJob) => {
    const begun = performance.now()
    const { lease } = work
    try {
      const end = await carryOut(tools, job, {
        signal: work.abort.signal,
        onFrame(done) {
          const wasEnding = work.pace.isEnding()
          work.framesDone = done
          work.pace.hear(done)
          if (!wasEnding && work.pace.isEnding()) onChange()
        },
        onMade() {
          work.painting = false
          onChange()
        },
      })
      await report(work, end)
    } catch (error) {
      work.painting = false
      if (work.lost || isFlatRenderError(error, 'LEASE_LOST'))
        return log.info(`${nameOf(job)} is another’s now`)
      if (work.abort.signal.aborted || isDiskFull(error)) {
        if (isDiskFull(error)) {
          log.warn(`The disk is full: ${(error as Error).message}`)
          onDiskFull()
        }
        return void (await keepAsking(() => farm.release({ leases: [lease], leaving: false }), { signal }))
      }
      const failure = describeFailure(error)
      log.warn(`${nameOf(job)} failed: ${error instanceof Error ? error.message : error}`)
      const workedMs = Math.round(performance.now() - begun)
      await report(work, { failure, workedMs }).catch((refusal: unknown) => {
        if (!isFlatRenderError(refusal, 'NODE_REPORT_REFUSED')) throw refusal
        log.warn(`The report of ${nameOf(job)} was refused: ${refusal.message}`)
        return report(work, { failure: describeFailure(refusal), workedMs })
      })
    }
  }

  return {
    take(job) {
      const { tenantId, jobId, fence } = job
      const work = {
        lease: { tenantId, jobId, fence },
        abort: new AbortController(),
        framesDone: 0,
        pace: openPace(job.order),
        painting: true,
        lost: false,
        ended: Promise.resolve(),
      }
      const key = keyOf(work.lease)
      inHand.set(key, work)
      work.ended = finish(work, job)
        .catch((error: unknown) => {
          // Its lease runs out, and the farm goes on without us.
          if (!work.lost && !signal.aborted) log.warn(`${nameOf(job)} could not be reported: ${error}`)
        })
        .finally(() => {
          inHand.delete(key)
          onChange()
        })
    },
    idle() {
      const painting = inHand
        .values()
        .reduce((sum, { painting, pace }) => sum + (painting && !pace.isEnding() ? 1 : 0), 0)
      return inHand.size >= workers * 3 ? 0 : workers - painting
    },
    running: () =>
      inHand
        .values()
        .map(({ lease, framesDone }) => ({ ...lease, framesDone }))
        .toArray(),
    drop(leases) {
      for (const lease of leases) {
        const work = inHand.get(keyOf(lease))
        if (work === undefined) continue
        work.lost = true
        work.abort.abort(new FlatRenderError('LEASE_LOST', { job: lease.jobId, fence: lease.fence }))
      }
    },
    async giveBack() {
      const works = [...inHand.values()]
      for (const { abort } of works) abort.abort(new FlatRenderError('RENDER_CANCELLED'))
      await Promise.all(works.map(({ ended }) => ended))
    },
    async settled(until) {
      const over = new Promise<void>((resolve) => {
        if (until.aborted) resolve()
        until.addEventListener('abort', () => resolve(), { once: true })
      })
      while (inHand.size > 0 && !until.aborted)
        await Promise.race([over, Promise.all([...inHand.values()].map(({ ended }) => ended))])
    },
  }
}

const keyOf = ({ tenantId, jobId, fence }: Lease): string => `${tenantId} ${jobId} ${fence}`
const nameOf = ({ kind, jobId }: LeasedJob): string => `${kind} job ${jobId}`
