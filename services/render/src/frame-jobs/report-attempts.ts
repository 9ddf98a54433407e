import type { Lease, NodeFailure, NodeResult } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'
import { withShares } from '../shares/change-shares.ts'
import { type FrameJobRow, findFrameJobs, lockFrameJobs } from './frame-jobs-system-store.ts'
import { retryDeadlocks } from './retry-deadlocks.ts'
import { settleAttempts } from './settle-attempts.ts'
import type { Settlement } from './settlement.ts'
import { verifyArrival } from './verify-arrival.ts'

/** What a node says came of a job. */
export type Report = Lease & { readonly workedMs: number } & (
    | { readonly result: NodeResult }
    | { readonly failure: NodeFailure }
  )

/** Does the lease still hold, or is it over; `repeated`: this was reported before, and its answer got lost. */
type Standing = 'held' | 'repeated' | 'lost'

/**
 * Takes reports of a node, each once: what was made is looked at first, outside of any transaction; then everything that
 * follows is done in one. Gives the leases that are over: those reports count for nothing. The same report once more, from
 * the same node, changes nothing.
 */
export async function reportAttempts(
  render: Render,
  nodeId: string,
  reports: readonly Report[],
): Promise<Lease[]> {
  const names = reports.map(({ tenantId, jobId }) => ({ tenantId, id: jobId }))
  const seen = await render.system.transact((transaction) => findFrameJobs(transaction, names))
  const seenById = new Map(seen.map((row) => [row.id, row]))
  const attempts = new Map(
    await Promise.all(
      reports
        .filter((report) => standingOf(seenById.get(report.jobId), nodeId, report) === 'held')
        .map(
          async (report) => [report.jobId, await judge(render, seenById.get(report.jobId)!, report)] as const,
        ),
    ),
  )
  return retryDeadlocks(() =>
    render.system.transact((transaction) =>
      withShares(transaction, async () => {
        const lost: Lease[] = []
        const settlements: Settlement[] = []
        const rows = new Map((await lockFrameJobs(transaction, names)).map((row) => [row.id, row]))
        for (const report of reports) {
          const { tenantId, jobId, fence } = report
          const row = rows.get(jobId)
          const standing = standingOf(row, nodeId, report)
          const attempt = attempts.get(jobId)
          if (standing === 'lost') lost.push({ tenantId, jobId, fence })
          // Said twice in one breath, it counts once.
          if (standing !== 'held' || attempt === undefined) continue
          if (!settlements.some((other) => other.row.id === jobId)) settlements.push({ row: row!, attempt })
        }
        await settleAttempts(render, transaction, settlements)
        return lost
      }),
    ),
  )
}

function standingOf(row: FrameJobRow | undefined, nodeId: string, report: Report): Standing {
  if (row === undefined || row.node_id !== nodeId || Number(row.fence) !== report.fence) return 'lost'
  if (row.state === 'leased') return 'held'
  return row.reported === ('result' in report ? 'completed' : 'failed') ? 'repeated' : 'lost'
}

async function judge(render: Render, row: FrameJobRow, report: Report): Promise<Settlement['attempt']> {
  const { workedMs } = report
  if ('failure' in report) return { event: 'fail', failure: report.failure, workedMs, reported: 'failed' }
  const fault = await verifyArrival(render.storage, row, report.result)
  if (fault !== undefined) return { event: 'fail', failure: fault, workedMs, reported: 'completed' }
  return { event: 'complete', result: report.result, workedMs }
}
