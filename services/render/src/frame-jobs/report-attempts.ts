import type { Lease, NodeFailure, NodeResult } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'
import { findFrameJobs, leaseName } from './frame-jobs-system-store.ts'
import { openGather } from './gather.ts'
import { settleReports } from './settle-reports.ts'
import type { Attempt } from './settlement.ts'
import { standingOf, type Told } from './standing-of.ts'
import { verifyArrival } from './verify-arrival.ts'

/** What a node says came of a job. */
export type Report = Lease & { readonly workedMs: number } & (
    | { readonly result: NodeResult }
    | { readonly failure: NodeFailure }
  )

/**
 * Transactions of reports at once, and reports in one of them: more would hold up the leases, which want the same shares.
 * Milliseconds between two of them.
 */
const [AT_ONCE, TOGETHER, EVERY] = [2, 64, 30]

const tellers = new WeakMap<Render, (told: readonly Told[]) => Promise<Lease[]>>()

/**
 * Takes reports of a node, each once: what was made is looked at first, outside of any transaction; then everything that
 * follows is done in one, with what other nodes report just then. Gives the leases that are over: those reports count for
 * nothing. The same report once more, from the same node, changes nothing.
 */
export async function reportAttempts(
  render: Render,
  nodeId: string,
  reports: readonly Report[],
): Promise<Lease[]> {
  return tellerOf(render)(await judgeAll(render, nodeId, reports))
}

function tellerOf(render: Render) {
  const known = tellers.get(render)
  if (known !== undefined) return known
  const teller = openGather<readonly Told[], Lease[]>(
    async (asked) => {
      const lost = new Set(await settleReports(render, asked.flat()))
      return asked.map((told) => told.filter((one) => lost.has(one)).map(({ lease }) => lease))
    },
    { atOnce: AT_ONCE, most: TOGETHER, weigh: (told) => told.length, every: EVERY },
  )
  tellers.set(render, teller)
  return teller
}

/** Is all that came of it in the report? */
const putsNothing = ({ kind }: NodeResult) => kind === 'probe' || kind === 'compare'

/** What to think of each report. What puts no file needn't be looked at. */
async function judgeAll(render: Render, nodeId: string, reports: readonly Report[]): Promise<Told[]> {
  const arrived = reports.filter((report) => 'result' in report && !putsNothing(report.result))
  const names = arrived.map(({ tenantId, jobId }) => ({ tenantId, id: jobId }))
  const rows =
    names.length === 0 ? [] : await render.system.ask((transaction) => findFrameJobs(transaction, names))
  const seen = new Map(rows.map((row) => [row.id, row]))
  const judge = async (report: Report, told: Omit<Told, 'attempt'>): Promise<Attempt | undefined> => {
    const { workedMs } = report
    if ('failure' in report) return { event: 'fail', failure: report.failure, workedMs, reported: 'failed' }
    const { result } = report
    if (putsNothing(result)) return { event: 'complete', result, workedMs }
    const row = seen.get(report.jobId)
    if (standingOf(row, told) !== 'held') return undefined
    const failure = await verifyArrival(render.storage, row!, result)
    if (failure === undefined) return { event: 'complete', result, workedMs }
    return { event: 'fail', failure, workedMs, reported: 'completed' }
  }
  // Said twice in one breath, it counts once.
  const once = new Map(reports.map((report) => [leaseName(report), report]))
  return Promise.all(
    [...once.values()].map(async (report): Promise<Told> => {
      const { tenantId, jobId, fence } = report
      const said = 'result' in report ? 'completed' : 'failed'
      const told = { nodeId, lease: { tenantId, jobId, fence }, said } as const
      return { ...told, attempt: await judge(report, told) }
    }),
  )
}
