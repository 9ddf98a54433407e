import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import type { Settlement } from '../frame-jobs/settlement.ts'
import type { Tables } from '../tables.ts'
import { countAttempts, countSilences } from './nodes-system-store.ts'
import { quarantineNodes } from './quarantine-nodes.ts'

/**
 * Remembers of nodes how their last attempts ended, and quarantines one that fails out of proportion: half of its last ten,
 * while the others' hardly do. What is wrong with an order itself is no node's fault, and that a node died or fell silent is one
 * outcome, however many leases it costs.
 */
export async function countOutcomes(
  render: Render,
  transaction: SystemTransaction<Tables>,
  settlements: readonly Settlement[],
): Promise<void> {
  const attempts = settlements.flatMap(({ row, attempt }) => {
    if (attempt.event === 'complete') return [{ nodeId: row.node_id!, failed: false }]
    return attempt.event === 'fail' && attempt.failure.retryable
      ? [{ nodeId: row.node_id!, failed: true }]
      : []
  })
  const silent = settlements.flatMap(({ row, attempt }) => (attempt.event === 'expire' ? [row.node_id!] : []))
  // Nearly always everything goes well, and did before: then there is nothing to remember.
  const told = attempts.filter(
    ({ nodeId, failed }) => failed || render.knownNodes.recall(nodeId)?.recent_failures !== 0,
  )
  if (told.length === 0 && silent.length === 0) return
  for (const nodeId of [...told.map((one) => one.nodeId), ...silent]) render.knownNodes.forget(nodeId)
  const failing = await countAttempts(transaction, told)
  const lost = silent.length === 0 ? [] : await countSilences(transaction, silent)
  await quarantineNodes(render, transaction, [...new Set([...failing, ...lost])])
}
