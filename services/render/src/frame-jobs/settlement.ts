import type { NodeFailure, NodeResult } from '@flatrender/contracts/node'
import type { FrameJobRow } from './frame-jobs-system-store.ts'

/** How an attempt on a leased job ended. */
export type Attempt =
  | { readonly event: 'complete'; readonly result: NodeResult; readonly workedMs: number }
  | {
      readonly event: 'fail'
      readonly failure: NodeFailure
      readonly workedMs: number
      /** What the node said: also of what came damaged it said that it was done. */
      readonly reported: 'completed' | 'failed'
    }
  | { readonly event: 'expire' }
  | { readonly event: 'release' }

/** A job that is leased and held by this transaction, and what came of it. */
export interface Settlement {
  readonly row: FrameJobRow
  readonly attempt: Attempt
}
