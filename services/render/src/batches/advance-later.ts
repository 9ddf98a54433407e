import type { SystemTransaction } from '@flatrender/platform/db'
import { enqueue } from '@flatrender/platform/events'
import type { Tables } from '../tables.ts'
import type { BatchName } from './batch-name.ts'

/** The job that brings a batch on. */
const ADVANCE_BATCH = 'render.advance-batch'

/** Has a batch brought on, at once or after so many seconds; of several wishes the last stands. */
export async function advanceLater(
  transaction: SystemTransaction<Tables>,
  { tenantId, batchId }: BatchName,
  seconds = 0,
): Promise<void> {
  await enqueue(transaction, {
    task: ADVANCE_BATCH,
    payload: { tenantId, batchId },
    key: batchId,
    ...(seconds > 0 && { runAt: new Date(Date.now() + seconds * 1000) }),
  })
}
