import type { Call } from '@flatrender/contracts/call'
import type { Render } from '../deps.ts'
import { describeBatches } from './describe-batch.ts'
import { requireBatch } from './require-batch.ts'

/** A batch as its tenant sees it, and where its end is to be told. Errors: BATCH_UNKNOWN. */
export async function tellBatchFacts({ database }: Render, { actor }: Call, { id }: { id: string }) {
  return database.transact(actor, async (transaction) => {
    const kept = await requireBatch(transaction, actor, id)
    const [batch] = await describeBatches(transaction, actor.tenantId, [kept])
    return { batch, webhookUrl: kept.webhook_url }
  })
}
