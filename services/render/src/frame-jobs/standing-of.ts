import type { Lease } from '@flatrender/contracts/node'
import type { FrameJobRow } from './frame-jobs-system-store.ts'
import type { Attempt } from './settlement.ts'

/** A report, and what to think of it. */
export interface Told {
  readonly nodeId: string
  readonly lease: Lease
  /** What the node says. */
  readonly said: 'completed' | 'failed'
  /** Undefined where the lease was over when it was looked at. */
  readonly attempt: Attempt | undefined
}

/** Does the lease still hold, or is it over; `repeated`: this was reported before, and its answer got lost. */
export type Standing = 'held' | 'repeated' | 'lost'

/** How a report stands to the job that it is about. */
export function standingOf(
  row: FrameJobRow | undefined,
  { nodeId, lease, said }: Omit<Told, 'attempt'>,
): Standing {
  if (row === undefined || row.node_id !== nodeId || Number(row.fence) !== lease.fence) return 'lost'
  if (row.state === 'leased') return 'held'
  return row.reported === said ? 'repeated' : 'lost'
}
