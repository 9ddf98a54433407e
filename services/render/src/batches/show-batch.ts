import type { Call } from '@flatrender/contracts/call'
import type { BatchView } from '@flatrender/contracts/render'
import type { Render } from '../deps.ts'
import { describeBatches } from './describe-batch.ts'
import { requireBatch } from './require-batch.ts'

/** A batch and how far it is. Errors: BATCH_UNKNOWN. */
export async function showBatch(
  { database }: Pick<Render, 'database'>,
  { actor }: Call,
  { id }: { id: string },
): Promise<BatchView> {
  return database.transact(actor, async (transaction) => {
    const batch = await requireBatch(transaction, actor, id)
    return (await describeBatches(transaction, actor.tenantId, [batch]))[0]!
  })
}
