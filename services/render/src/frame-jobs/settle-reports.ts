import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { withShares } from '../shares/change-shares.ts'
import type { Tables } from '../tables.ts'
import { completeFrameJobs, type FrameJobRow, leaseName, lockFrameJobs } from './frame-jobs-system-store.ts'
import { retryDeadlocks } from './retry-deadlocks.ts'
import { followSettlements, settleAttempts } from './settle-attempts.ts'
import type { Attempt, Settlement } from './settlement.ts'
import { standingOf, type Told } from './standing-of.ts'
import { damaged } from './verify-arrival.ts'

/** Does in one transaction what follows from reports, of whichever nodes; gives those whose leases are over. */
export async function settleReports(render: Render, reports: readonly Told[]): Promise<Told[]> {
  return retryDeadlocks(() =>
    render.system.transact((transaction) =>
      withShares(transaction, async () => {
        const ended = await settleCompletions(render, transaction, reports)
        return settleOthers(
          render,
          transaction,
          reports.filter((told) => !ended.has(nameOfReport(told))),
        )
      }),
    ),
  )
}

/**
 * Ends what went well, as nearly everything does, without looking at it first; gives the names of those leases. Where some did
 * not, all are looked at, so that they are held in one order.
 */
async function settleCompletions(
  render: Render,
  transaction: SystemTransaction<Tables>,
  reports: readonly Told[],
): Promise<Set<string>> {
  const attempts = new Map<string, Attempt>()
  const completions = reports.flatMap((told) => {
    const { nodeId, lease, attempt } = told
    if (attempt?.event !== 'complete') return []
    attempts.set(nameOfReport(told), attempt)
    const { result, workedMs } = attempt
    return [{ tenantId: lease.tenantId, id: lease.jobId, nodeId, fence: lease.fence, result, workedMs }]
  })
  if (completions.length < reports.length) return new Set()
  const rows = await completeFrameJobs(transaction, completions)
  const settlements = rows.map((row) => ({ row, attempt: attempts.get(nameOfRow(row))! }))
  await followSettlements(render, transaction, settlements)
  return new Set(rows.map(nameOfRow))
}

async function settleOthers(
  render: Render,
  transaction: SystemTransaction<Tables>,
  reports: readonly Told[],
): Promise<Told[]> {
  if (reports.length === 0) return []
  const names = reports.map(({ lease }) => ({ tenantId: lease.tenantId, id: lease.jobId }))
  const rows = new Map((await lockFrameJobs(transaction, names)).map((row) => [row.id, row]))
  const lost: Told[] = []
  const settlements: Settlement[] = []
  for (const told of reports) {
    const row = rows.get(told.lease.jobId)
    const standing = standingOf(row, told)
    if (standing === 'lost') lost.push(told)
    if (standing !== 'held' || told.attempt === undefined) continue
    if (settlements.some((other) => other.row.id === row!.id)) continue
    settlements.push({ row: row!, attempt: ofItsKind(row!, told.attempt) })
  }
  await settleAttempts(render, transaction, settlements)
  return lost
}

/** What one kind of work gives is no result of another. */
function ofItsKind(row: FrameJobRow, attempt: Attempt): Attempt {
  if (attempt.event !== 'complete' || attempt.result.kind === row.kind) return attempt
  const failure = damaged(row, `it is ${attempt.result.kind}, and ${row.kind} was ordered`)
  return { event: 'fail', failure, workedMs: attempt.workedMs, reported: 'completed' }
}

/** Of one job two nodes may say that they hold it under the same fence; one of them does. */
const nameOfReport = ({ nodeId, lease }: Told): string => `${nodeId} ${leaseName(lease)}`
const nameOfRow = ({ node_id, id, fence }: FrameJobRow): string =>
  `${node_id} ${leaseName({ jobId: id, fence: Number(fence) })}`
