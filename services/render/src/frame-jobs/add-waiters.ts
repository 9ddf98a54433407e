import type { SystemTransaction } from '@flatrender/platform/db'
import { changeShares } from '../shares/change-shares.ts'
import { queued } from '../shares/share-change.ts'
import type { Tables } from '../tables.ts'
import { payerOf } from './describe-frame-job.ts'
import { lockFrameJobs, updateWaiters } from './frame-jobs-system-store.ts'
import { type FrameJobLane, type FrameJobName, lanesDown } from './new-frame-job.ts'

/**
 * One waiter more for each of these jobs, which take the higher lane of theirs and its. Gives those that are still open: of
 * the others nothing more will come. As `enqueueFrameJobs` it is to be called late, or within `withShares`.
 */
export async function addWaiters(
  transaction: SystemTransaction<Tables>,
  names: readonly FrameJobName[],
  lane: FrameJobLane,
): Promise<FrameJobName[]> {
  if (names.length === 0) return []
  const open = (await lockFrameJobs(transaction, names)).filter(({ state }) =>
    ['pending', 'leased'].includes(state),
  )
  const higher = (present: FrameJobLane) =>
    lanesDown.indexOf(lane) < lanesDown.indexOf(present) ? lane : present
  await updateWaiters(
    transaction,
    open.map((row) => ({
      tenantId: row.tenant_id,
      id: row.id,
      waiters: row.waiters + 1,
      lane: higher(row.lane),
    })),
  )
  await changeShares(
    transaction,
    open
      .filter((row) => row.state === 'pending' && row.ready && higher(row.lane) !== row.lane)
      .flatMap((row) => {
        const payer = payerOf(row)
        return [queued({ payer, lane: row.lane }, -1), queued({ payer, lane: higher(row.lane) })]
      }),
  )
  return open.map(({ tenant_id, id }) => ({ tenantId: tenant_id, id }))
}
