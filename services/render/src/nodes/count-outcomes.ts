import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import type { Settlement } from '../frame-jobs/settlement.ts'
import type { Tables } from '../tables.ts'
import { countAttempts, quarantineFailing } from './nodes-system-store.ts'
import { tellQuarantine } from './tell-quarantine.ts'

/**
 * Remembers of nodes how their last attempts ended, and quarantines one that fails out of proportion: half of its last ten,
 * while the others' hardly do. What is wrong with an order itself is no node's fault.
 */
export async function countOutcomes(
  render: Render,
  transaction: SystemTransaction<Tables>,
  settlements: readonly Settlement[],
): Promise<void> {
  const attempts = settlements.flatMap(({ row, attempt }) => {
    if (attempt.event === 'release' || (attempt.event === 'fail' && !attempt.failure.retryable)) return []
    return [{ nodeId: row.node_id!, failed: attempt.event !== 'complete' }]
  })
  // Nearly always everything goes well, and did before: then there is nothing to remember.
  const told = attempts.filter(
    ({ nodeId, failed }) => failed || render.knownNodes.recall(nodeId)?.recent_failures !== 0,
  )
  if (told.length === 0) return
  for (const { nodeId } of told) render.knownNodes.forget(nodeId)
  const failing = await countAttempts(transaction, told)
  for (const nodeId of failing) {
    const quarantined = await quarantineFailing(transaction, nodeId)
    if (quarantined !== undefined) await tellQuarantine(render, transaction, { ...quarantined, nodeId })
  }
}
