import type { Lease } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'
import { withShares } from '../shares/change-shares.ts'
import { leaseName, lockFrameJobs } from './frame-jobs-system-store.ts'
import { retryDeadlocks } from './retry-deadlocks.ts'
import { ringBell } from './ring-bell-system-store.ts'
import { settleAttempts } from './settle-attempts.ts'
import type { Attempt } from './settlement.ts'

/**
 * Takes jobs back that are leased: `release` counts as no attempt; `lose` does, and so does `expire`, for which the lease must
 * be over still. What is lost already is passed over. Gives how many were taken back.
 */
export async function releaseFrameJobs(
  render: Render,
  nodeId: string | null,
  leases: readonly Lease[],
  why: 'release' | 'lose' | 'expire',
): Promise<number> {
  if (leases.length === 0) return 0
  const named = new Set(leases.map(leaseName))
  const attempt: Attempt = { event: why === 'release' ? 'release' : 'expire' }
  return retryDeadlocks(() =>
    render.system.transact((transaction) =>
      withShares(transaction, async () => {
        const rows = await lockFrameJobs(
          transaction,
          leases.map(({ tenantId, jobId }) => ({ tenantId, id: jobId })),
        )
        const held = rows.filter(
          ({ id, state, node_id, fence, overdue }) =>
            state === 'leased' &&
            (nodeId === null || node_id === nodeId) &&
            named.has(leaseName({ jobId: id, fence: Number(fence) })) &&
            (why !== 'expire' || overdue),
        )
        await settleAttempts(
          render,
          transaction,
          held.map((row) => ({ row, attempt })),
        )
        if (held.length > 0) await ringBell(transaction)
        return held.length
      }),
    ),
  )
}
