import type { Call } from '@flatrender/contracts/call'
import { cutPage } from '@flatrender/platform/service'
import type { Render } from '../deps.ts'
import { readMetadataFilter } from '../renders/metadata-filter.ts'
import { sightOf } from '../renders/sight.ts'
import { type BatchFilter, findBatches } from './batches-store.ts'
import { describeBatches } from './describe-batch.ts'

/** Lists batches, a page at a time, the newest first. */
export async function listBatches(
  { database }: Render,
  { actor }: Call,
  input: Omit<BatchFilter, 'metadata'> & { metadata?: string | undefined; limit: number },
) {
  const { tenantId } = actor
  const { limit } = input
  const metadata = input.metadata === undefined ? undefined : readMetadataFilter(input.metadata)
  return database.transact(actor, async (transaction) => {
    const filter = { ...input, metadata, limit: limit + 1 }
    const found = await findBatches(transaction, tenantId, sightOf(actor), filter)
    const { page, next } = cutPage(found, limit)
    return { batches: await describeBatches(transaction, tenantId, page), next }
  })
}
