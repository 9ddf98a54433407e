import type { NodeFailure } from '@flatrender/contracts/node'
import type { SystemTransaction } from '@flatrender/platform/db'
import { insertCrashes } from '../crashes/crashes-system-store.ts'
import type { Render } from '../deps.ts'
import { countOutcomes } from '../nodes/count-outcomes.ts'
import { changeShares } from '../shares/change-shares.ts'
import { queued, type ShareChange, stopped } from '../shares/share-change.ts'
import { beginSpotChecks } from '../spot-checks/begin-spot-checks.ts'
import type { Tables } from '../tables.ts'
import { describeEnded, payerOf } from './describe-frame-job.ts'
import { type FrameJobState, nextState } from './frame-job-state.ts'
import { type Change, type FrameJobRow, updateFrameJobs } from './frame-jobs-system-store.ts'
import type { EndedFrameJob } from './new-frame-job.ts'
import { closeRepairs, openRepairs } from './repairs-system-store.ts'
import type { Attempt, Settlement } from './settlement.ts'
import { tellOutcomes } from './tell-outcomes.ts'

/** What somebody hears whose job was lost with its node. */
const nodeLost = (row: FrameJobRow): NodeFailure => ({
  code: 'NODE_LOST',
  data: { node: row.node_id },
  retryable: true,
})

/**
 * Settles attempts: jobs end, rest or go back to the queue; crashes are written down, shares are charged, and what follows
 * from a job's end is done. All in one transaction, to be called within `withShares`.
 */
export async function settleAttempts(
  render: Render,
  transaction: SystemTransaction<Tables>,
  settlements: readonly Settlement[],
): Promise<void> {
  if (settlements.length === 0) return
  const changes = settlements.map((settlement) => changeOf(render, settlement))
  await updateFrameJobs(transaction, changes)
  await followSettlements(render, transaction, settlements)
}

/** The same for attempts after which their jobs' rows have been changed already. */
export async function followSettlements(
  render: Render,
  transaction: SystemTransaction<Tables>,
  settlements: readonly Settlement[],
): Promise<void> {
  if (settlements.length === 0) return
  const crashes = await insertCrashes(transaction, settlements)
  const shares: ShareChange[] = []
  const ended: EndedFrameJob[] = []
  for (const settlement of settlements) {
    const { row, attempt } = settlement
    const change = changeOf(render, settlement)
    const share = { payer: payerOf(row), lane: row.lane }
    shares.push(stopped(share, owedBy(row, attempt)))
    if (change.state === 'pending') {
      if (change.restSeconds === null) shares.push(queued(share))
      continue
    }
    const { attempts, workedMs } = change
    const outcome =
      attempt.event === 'complete'
        ? ({ state: 'verified', result: attempt.result } as const)
        : change.state === 'cancelled'
          ? ({ state: 'cancelled' } as const)
          : ({ state: 'failed', failure: change.error!, crash: crashes.get(row.id) ?? null } as const)
    ended.push(describeEnded(row, outcome, { attempts, workedMs }))
  }
  await openRepairs(transaction, settlements)
  await closeRepairs(transaction, ended)
  await countOutcomes(render, transaction, settlements)
  await changeShares(transaction, shares)
  await tellOutcomes(render, transaction, ended)
  await beginSpotChecks(render, transaction, settlements)
}

function changeOf({ config }: Render, { row, attempt }: Settlement): Change {
  const failed = attempt.event === 'fail' || attempt.event === 'expire'
  const attempts = row.attempts + (failed ? 1 : 0)
  const failure =
    attempt.event === 'fail' ? attempt.failure : attempt.event === 'expire' ? nodeLost(row) : null
  const state = nextState('leased', attempt.event, {
    attempts,
    retryable: failure?.retryable ?? true,
    waiters: row.waiters,
  })!
  return {
    tenantId: row.tenant_id,
    id: row.id,
    state: stored(state),
    attempts,
    tried: failed ? [...row.tried_node_ids, row.node_id!] : row.tried_node_ids,
    // Twice as long after each failure; a second one finds another node, if there is one.
    restSeconds: state === 'resting' ? config.backoffSeconds * 2 ** (attempts - 1) : null,
    waiters: row.waiters,
    reported: attempt.event === 'complete' ? 'completed' : attempt.event === 'fail' ? attempt.reported : null,
    result: attempt.event === 'complete' ? attempt.result : null,
    error: failure,
    workedMs: 'workedMs' in attempt ? attempt.workedMs : null,
  }
}

/** A resting job is a pending one that isn't ready. */
function stored(state: FrameJobState): Change['state'] {
  if (state === 'resting') return 'pending'
  if (state === 'leased') throw new Error('a lease that ends leads to none')
  return state
}

/** What was worked beyond what was charged at the lease. Of a node that was lost nobody knows: the charge stays. */
function owedBy(row: FrameJobRow, attempt: Attempt): number {
  const charged = Math.max(1, row.estimated_ms)
  if (attempt.event === 'release') return -charged
  return 'workedMs' in attempt ? attempt.workedMs - charged : 0
}
