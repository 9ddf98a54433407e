import type { Actor } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { isInSight, sightOf } from '../renders/sight.ts'
import type { AnyTransaction } from '../tables.ts'
import { findBatch, type KeptBatch } from './batches-store.ts'

/** A batch that the actor may see. Errors: BATCH_UNKNOWN, for one of somebody else too. */
export async function requireBatch(
  transaction: AnyTransaction,
  actor: Actor,
  id: string,
): Promise<KeptBatch> {
  const batch = await findBatch(transaction, { tenantId: actor.tenantId, batchId: id })
  if (batch === undefined || !isInSight(sightOf(actor), batch))
    throw new FlatRenderError('BATCH_UNKNOWN', { batch: id })
  return batch
}
