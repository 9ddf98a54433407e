import type { WorkOrder, WorkResult } from '../work/work.ts'

/** From the pool to a worker. */
export interface WorkerOrder {
  readonly id: number
  readonly order: WorkOrder
}

/** From a worker to the pool. */
export type WorkerReport =
  | { readonly type: 'ready' }
  | { readonly type: 'frame'; readonly id: number; readonly frame: number | null; readonly rss: number }
  | { readonly type: 'done'; readonly id: number; readonly result: WorkResult }
  | { readonly type: 'failed'; readonly id: number; readonly failure: WorkerFailure }

/** An error that crossed a process border. */
export interface WorkerFailure {
  readonly message: string
  readonly stack: string
  /** Ours alone have a code and data. */
  readonly code?: string
  readonly data?: Readonly<Record<string, unknown>>
}
