import { callAsSystem } from '@flatrender/contracts/call'
import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import type { BatchStep } from './batch-step.ts'
import type { KeptBatch } from './batches-store.ts'
import { findGivenUp } from './batches-system-store.ts'

/** Gives back the credits that were promised for all rows together, as far as they are no render's. */
export const clearBatch: BatchStep = async (render, batch) => {
  if (!batch.all_or_nothing || !(await release(render, batch, batch.id))) return undefined
  const name = { tenantId: batch.tenant_id, batchId: batch.id }
  // Of rows that were given up between their promise and their render.
  for (const id of await render.system.transact((transaction) => findGivenUp(transaction, name)))
    await release(render, batch, id)
  return undefined
}

/** Was there anything to release, now or before? What was never promised needs no release. */
async function release(
  { identity }: Render,
  { tenant_id, account_id: accountId }: KeptBatch,
  reference: string,
): Promise<boolean> {
  try {
    await identity.credits.release({ accountId, reference }, { context: callAsSystem(tenant_id) })
    return true
  } catch (error) {
    if (isFlatRenderError(error, 'CREDIT_RESERVATION_UNKNOWN')) return false
    throw error
  }
}
