import type { Render } from '../deps.ts'
import type { RenderRow } from '../renders/renders-store.ts'
import { advanceLater } from './advance-later.ts'
import { findBatch } from './batches-store.ts'
import { settleBatch } from './settle-batch.ts'

/** What the end of a render is to the batch whose row it is: room for another, or its own end. */
export async function followBatch(
  render: Render,
  { tenant_id: tenantId, batch_id: batchId }: RenderRow,
): Promise<void> {
  if (batchId === null) return
  const name = { tenantId, batchId }
  const batch = await render.system.transact(async (transaction) => {
    const found = await findBatch(transaction, name)
    if (found?.state === 'placing') await advanceLater(transaction, name)
    return found
  })
  if (batch !== undefined) await settleBatch(render, batch)
}
