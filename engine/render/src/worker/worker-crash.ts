import type { WorkOrder } from '../work/work.ts'

/** A worker's death, with all that reproduces it. */
export interface WorkerCrash {
  readonly kind: 'died' | 'stuck' | 'out_of_memory'
  readonly order: WorkOrder
  readonly attempt: number
  readonly reason: string
  readonly exitCode: number | null
  readonly signal: string | null
  readonly lastLines: readonly string[]
  /** Last frame that was reported, where frames are counted. */
  readonly frame: number | null
  /** Bytes, at the last report. */
  readonly rss: number
}
