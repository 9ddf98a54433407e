import type { SystemTransaction } from '@flatrender/platform/db'
import { changeShares } from '../shares/change-shares.ts'
import { queued, type ShareChange, stopped } from '../shares/share-change.ts'
import type { Tables } from '../tables.ts'
import { payerOf } from './describe-frame-job.ts'
import { lockFrameJobs, updateFrameJobs } from './frame-jobs-system-store.ts'
import type { FrameJobName } from './new-frame-job.ts'

/**
 * Ends jobs that nobody may want any more, such as the assembly of a cancelled render; `cached`: what they would make is there.
 * Whoever holds one hears at the next heartbeat that it is lost. Nothing follows from it. Gives those that were open.
 */
export async function cancelFrameJobs(
  transaction: SystemTransaction<Tables>,
  names: readonly FrameJobName[],
  state: 'cancelled' | 'cached' = 'cancelled',
): Promise<FrameJobName[]> {
  if (names.length === 0) return []
  const open = (await lockFrameJobs(transaction, names)).filter((row) =>
    (state === 'cached' ? ['pending'] : ['pending', 'leased']).includes(row.state),
  )
  await updateFrameJobs(
    transaction,
    open.map((row) => ({
      tenantId: row.tenant_id,
      id: row.id,
      state,
      attempts: row.attempts,
      tried: row.tried_node_ids,
      restSeconds: null,
      waiters: 0,
      reported: null,
      result: null,
      error: null,
      workedMs: null,
    })),
  )
  const changes = open.flatMap((row): ShareChange[] => {
    const share = { payer: payerOf(row), lane: row.lane }
    if (row.state === 'leased') return [stopped(share, 0)]
    return row.ready ? [queued(share, -1)] : []
  })
  await changeShares(transaction, changes)
  return open.map(({ tenant_id, id }) => ({ tenantId: tenant_id, id }))
}
