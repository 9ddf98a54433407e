import { findAwaited } from './batch-rows-store.ts'
import { endOf } from './batch-state.ts'
import type { BatchStep } from './batch-step.ts'
import { holdBatch } from './batches-store.ts'
import { findOpenRenders } from './batches-system-store.ts'
import { finishBatch } from './finish-batch.ts'

const ANY = ['waiting', 'examined'] as const

/** Ends a batch of which nothing is left to be done. */
export const settleBatch: BatchStep = async (render, { tenant_id: tenantId, id: batchId }) => {
  const name = { tenantId, batchId }
  await render.system.transact(async (transaction) => {
    // Of two last renders that end at once, the later sees both.
    const held = await holdBatch(transaction, name)
    if (held?.state !== 'running' && held?.state !== 'cancelling') return
    if ((await findOpenRenders(transaction, name, 1)).length > 0) return
    if ((await findAwaited(transaction, name, { states: ANY, limit: 1 })).length > 0) return
    await finishBatch(render, transaction, held, (tally) => ({ state: endOf(held.state, tally.rows) }))
  })
  return undefined
}
