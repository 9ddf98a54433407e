import type { SystemTransaction } from '@flatrender/platform/db'
import { enqueue } from '@flatrender/platform/events'
import type { Tables } from '../tables.ts'

/** The job that compiles a snapshot. */
const PREPARE_SNAPSHOT = 'render.prepare-snapshot'

/** Has a snapshot compiled after so many seconds; of several wishes the last stands. */
export async function prepareLater(
  transaction: SystemTransaction<Tables>,
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
  seconds: number,
): Promise<void> {
  await enqueue(transaction, {
    task: PREPARE_SNAPSHOT,
    payload: { tenantId, id },
    key: id,
    runAt: new Date(Date.now() + seconds * 1000),
  })
}
