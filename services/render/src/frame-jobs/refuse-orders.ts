import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { withShares } from '../shares/change-shares.ts'
import { type LeasedRow, lockFrameJobs } from './frame-jobs-system-store.ts'
import { settleAttempts } from './settle-attempts.ts'
import type { Settlement } from './settlement.ts'

/** Ends jobs for which no order can be made: a bug, which is reported, or a storage that is away, which is tried again. */
export async function refuseOrders(
  render: Render,
  nodeId: string,
  broken: readonly { readonly row: LeasedRow; readonly error: unknown }[],
): Promise<void> {
  for (const { error } of broken) render.report?.(error, 'render.lease')
  await render.system.transact((transaction) =>
    withShares(transaction, async () => {
      const rows = await lockFrameJobs(
        transaction,
        broken.map(({ row }) => row),
      )
      await settleAttempts(
        render,
        transaction,
        rows.flatMap((row): Settlement[] => {
          const told = broken.find(({ row: { id } }) => id === row.id)!
          if (row.state !== 'leased' || row.node_id !== nodeId || Number(row.fence) !== told.row.fence)
            return []
          if (isFlatRenderError(told.error)) return [{ row, attempt: { event: 'release' } }]
          const failure = {
            code: 'ORDER_BROKEN',
            data: { reason: told.error instanceof Error ? told.error.message.slice(0, 1000) : '' },
            retryable: false,
          }
          return [{ row, attempt: { event: 'fail', failure, workedMs: 0, reported: 'failed' } }]
        }),
      )
    }),
  )
}
