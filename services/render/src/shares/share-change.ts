import type { FrameJobLane, FrameJobPayer } from '../frame-jobs/new-frame-job.ts'

/** What changes in how things stand with an account: each number is added. */
export interface ShareChange {
  readonly payer: FrameJobPayer
  readonly lane: FrameJobLane
  /** Jobs that may be leased. */
  readonly pending: number
  readonly running: number
  /** Milliseconds of work that were had beyond what is charged; below 0: charged for nothing. */
  readonly owedMs: number
}

/** A job has come to the queue, or back to it, or left it unleased (-1). */
export const queued = (job: Pick<ShareChange, 'payer' | 'lane'>, count = 1): ShareChange => ({
  payer: job.payer,
  lane: job.lane,
  pending: count,
  running: 0,
  owedMs: 0,
})

/** A job runs no more; it took so much longer than was charged. */
export const stopped = (job: Pick<ShareChange, 'payer' | 'lane'>, owedMs: number): ShareChange => ({
  payer: job.payer,
  lane: job.lane,
  pending: 0,
  running: -1,
  owedMs,
})
