import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import type { Settlement } from '../frame-jobs/settlement.ts'
import type { Tables } from '../tables.ts'
import { queueSpotJob } from './queue-spot-job.ts'
import { insertSpotCheck } from './spot-checks-system-store.ts'
import { readSpotCheck } from './spot-order.ts'

/** Has a share of what nodes painted painted once more elsewhere: the first segment of the job. */
export async function beginSpotChecks(
  render: Render,
  transaction: SystemTransaction<Tables>,
  settlements: readonly Settlement[],
): Promise<void> {
  for (const { row, attempt } of settlements) {
    if (attempt.event !== 'complete' || attempt.result.kind !== 'frames') continue
    if (readSpotCheck(row.input) !== undefined || Math.random() >= render.config.spotCheckShare) continue
    const [segment] = attempt.result.segments
    if (segment === undefined) continue
    const nodeId = row.node_id!
    const { key, packets: hash } = segment
    const id = await insertSpotCheck(transaction, { tenantId: row.tenant_id, key, nodeId, hash })
    if (id !== undefined) await queueSpotJob(render, transaction, row, { id, turn: 2, notFor: [nodeId] })
  }
}
