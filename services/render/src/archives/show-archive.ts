import type { Call } from '@flatrender/contracts/call'
import { requireBatch } from '../batches/require-batch.ts'
import type { Render } from '../deps.ts'
import { writeArchiveAddress } from './archive-address.ts'
import { gatherArchive } from './gather-archive.ts'

/** Seconds for which an address opens an archive. */
const GOOD_FOR = 3600

/** An address that opens a ZIP of a batch's finished files for a while. Errors: BATCH_UNKNOWN, BATCH_WITHOUT_FILES. */
export async function showArchive(
  { database, secretKeys, apiUrl }: Render,
  { actor }: Call,
  { id }: { id: string },
) {
  const { files, bytes } = await database.transact(actor, async (transaction) =>
    gatherArchive(transaction, await requireBatch(transaction, actor, id)),
  )
  const until = new Date(Date.now() + GOOD_FOR * 1000)
  const name = { tenantId: actor.tenantId, batchId: id }
  return {
    url: `${apiUrl}${writeArchiveAddress(secretKeys, name, until)}`,
    urlExpiresAt: until.toISOString(),
    files: files.length,
    bytes,
  }
}
