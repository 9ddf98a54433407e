import type { Render } from '../deps.ts'
import type { BatchName } from './batch-name.ts'
import { findWatchedBatches } from './batches-system-store.ts'
import { describeBatches } from './describe-batch.ts'
import type { SeenBatch } from './seen-batch.ts'

/** How far batches are, all at one look; by their ids. */
export async function lookAtBatches(
  { system }: Render,
  names: readonly BatchName[],
): Promise<ReadonlyMap<string, SeenBatch>> {
  return system.transact(async (transaction) => {
    const seen = new Map<string, SeenBatch>()
    const found = await findWatchedBatches(transaction, names)
    for (const [tenantId, rows] of Map.groupBy(found, (row) => row.tenant_id)) {
      const views = await describeBatches(transaction, tenantId, rows)
      for (const [index, { id, owner_id, api_key_id }] of rows.entries())
        seen.set(id, { owner_id, api_key_id, view: views[index]! })
    }
    return seen
  })
}
