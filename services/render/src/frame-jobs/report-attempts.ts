import type { Lease, NodeFailure, NodeResult } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'
import { withShares } from '../shares/change-shares.ts'
import { type FrameJobRow, findFrameJobs, leaseName, lockFrameJobs } from './frame-jobs-system-store.ts'
import { retryDeadlocks } from './retry-deadlocks.ts'
import { settleAttempts } from './settle-attempts.ts'
import type { Attempt, Settlement } from './settlement.ts'
import { damaged, verifyArrival } from './verify-arrival.ts'

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
  const attempts = await judgeAll(render, nodeId, reports)
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
          const judged = attempts.get(leaseName(report))
          const attempt = row && judged && ofItsKind(row, judged)
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

/** What one kind of work gives is no result of another. */
function ofItsKind(row: FrameJobRow, attempt: Attempt): Attempt {
  if (attempt.event !== 'complete' || attempt.result.kind === row.kind) return attempt
  const failure = damaged(row, `it is ${attempt.result.kind}, and ${row.kind} was ordered`)
  return { event: 'fail', failure, workedMs: attempt.workedMs, reported: 'completed' }
}

function standingOf(row: FrameJobRow | undefined, nodeId: string, report: Report): Standing {
  if (row === undefined || row.node_id !== nodeId || Number(row.fence) !== report.fence) return 'lost'
  if (row.state === 'leased') return 'held'
  return row.reported === ('result' in report ? 'completed' : 'failed') ? 'repeated' : 'lost'
}

/** What to think of each report, by its lease. What puts no file needn't be looked at. */
async function judgeAll(
  render: Render,
  nodeId: string,
  reports: readonly Report[],
): Promise<Map<string, Attempt>> {
  const arrived = reports.filter((report) => 'result' in report && report.result.kind !== 'probe')
  const names = arrived.map(({ tenantId, jobId }) => ({ tenantId, id: jobId }))
  const rows =
    names.length === 0 ? [] : await render.system.ask((transaction) => findFrameJobs(transaction, names))
  const seen = new Map(rows.map((row) => [row.id, row]))
  const judged = await Promise.all(
    reports.map(async (report): Promise<[string, Attempt][]> => {
      const { workedMs } = report
      const name = leaseName(report)
      if ('failure' in report)
        return [[name, { event: 'fail', failure: report.failure, workedMs, reported: 'failed' }]]
      const { result } = report
      if (result.kind === 'probe') return [[name, { event: 'complete', result, workedMs }]]
      const row = seen.get(report.jobId)
      if (standingOf(row, nodeId, report) !== 'held') return []
      const failure = await verifyArrival(render.storage, row!, result)
      if (failure === undefined) return [[name, { event: 'complete', result, workedMs }]]
      return [[name, { event: 'fail', failure, workedMs, reported: 'completed' }]]
    }),
  )
  return new Map(judged.flat())
}
