import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import type { Tables } from '../tables.ts'
import type { EndedFrameJob } from './new-frame-job.ts'

/**
 * Does what follows from the end of frame jobs of one kind, in the transaction that ends them: it happens exactly if they end.
 * The jobs may be of several tenants, and are locked. What it queues counts at the transaction's end.
 */
export type Outcome = (
  render: Render,
  transaction: SystemTransaction<Tables>,
  ended: readonly EndedFrameJob[],
) => Promise<void>
