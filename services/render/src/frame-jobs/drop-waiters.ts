import type { SystemTransaction } from '@flatrender/platform/db'
import { changeShares } from '../shares/change-shares.ts'
import { queued } from '../shares/share-change.ts'
import type { Tables } from '../tables.ts'
import { payerOf } from './describe-frame-job.ts'
import { lockFrameJobs, updateFrameJobs, updateWaiters } from './frame-jobs-system-store.ts'
import type { FrameJobName } from './new-frame-job.ts'

/**
 * One waiter less for each of these jobs. What nobody waits for any more is cancelled, if nobody has begun; whoever has,
 * goes on. Gives the jobs that are cancelled. As `enqueueFrameJobs` it is to be called late, or within `withShares`.
 */
export async function dropWaiters(
  transaction: SystemTransaction<Tables>,
  names: readonly FrameJobName[],
): Promise<FrameJobName[]> {
  if (names.length === 0) return []
  const open = (await lockFrameJobs(transaction, names)).filter(
    ({ state, waiters }) => ['pending', 'leased'].includes(state) && waiters > 0,
  )
  const forsaken = open.filter(({ state, waiters }) => state === 'pending' && waiters === 1)
  const gone = new Set(forsaken.map(({ id }) => id))
  await updateWaiters(
    transaction,
    open
      .filter(({ id }) => !gone.has(id))
      .map(({ tenant_id, id, waiters, lane }) => ({ tenantId: tenant_id, id, waiters: waiters - 1, lane })),
  )
  await updateFrameJobs(
    transaction,
    forsaken.map((row) => ({
      tenantId: row.tenant_id,
      id: row.id,
      state: 'cancelled',
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
  await changeShares(
    transaction,
    forsaken.filter(({ ready }) => ready).map((row) => queued({ payer: payerOf(row), lane: row.lane }, -1)),
  )
  return forsaken.map(({ tenant_id, id }) => ({ tenantId: tenant_id, id }))
}
