import { endCancelled } from '../renders/end-render.ts'
import type { BatchStep } from './batch-step.ts'
import { findOpenRenders } from './batches-system-store.ts'
import { settleBatch } from './settle-batch.ts'

/** Renders that are cancelled in one go. */
const PORTION = 100

/** Cancels the next renders of a batch that somebody cancelled. */
export const cancelRest: BatchStep = async (render, batch) => {
  const name = { tenantId: batch.tenant_id, batchId: batch.id }
  const open = await render.system.transact((transaction) => findOpenRenders(transaction, name, PORTION))
  for (const one of open)
    await render.system.transact((transaction) => endCancelled(render, transaction, one))
  return open.length === PORTION ? 0 : settleBatch(render, batch)
}
