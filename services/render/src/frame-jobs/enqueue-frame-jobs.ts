import type { SystemTransaction } from '@flatrender/platform/db'
import { changeShares } from '../shares/change-shares.ts'
import { queued } from '../shares/share-change.ts'
import type { Tables } from '../tables.ts'
import { insertFrameJobs } from './frame-jobs-system-store.ts'
import type { NewFrameJob } from './new-frame-job.ts'
import { ringBell } from './ring-bell-system-store.ts'

/**
 * Puts work into the queue, exactly if the transaction commits; jobs whose ids are there already stay as they are. It holds
 * the payers' shares until then: call it last, or do the whole in `withShares`.
 */
export async function enqueueFrameJobs(
  transaction: SystemTransaction<Tables>,
  jobs: readonly NewFrameJob[],
): Promise<void> {
  if (jobs.length === 0) return
  const made = await insertFrameJobs(transaction, jobs)
  const fresh = jobs.filter(({ id }) => made.has(id))
  await changeShares(
    transaction,
    fresh.map((job) => queued(job)),
  )
  await ringBell(transaction)
}
