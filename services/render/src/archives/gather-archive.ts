import { FlatRenderError } from '@flatrender/contracts/errors'
import type { KeptBatch } from '../batches/batches-store.ts'
import { findExportsOfBatch } from '../exports/exports-store.ts'
import type { AnyTransaction } from '../tables.ts'
import { nameFiles } from './name-files.ts'
import { layOutZip, type ZipFile, type ZipLayout } from './zip-layout.ts'

/** A finished file in an archive. */
export interface ArchivedFile extends ZipFile {
  readonly objectKey: string
}

/** A batch's archive as it is now: the finished files that there are, in the order of their rows. Errors: BATCH_WITHOUT_FILES. */
export async function gatherArchive(
  transaction: AnyTransaction,
  { tenant_id: tenantId, id: batchId, rows_total }: KeptBatch,
): Promise<ZipLayout<ArchivedFile>> {
  const found = await findExportsOfBatch(transaction, { tenantId, batchId })
  if (found.length === 0) throw new FlatRenderError('BATCH_WITHOUT_FILES', { batch: batchId })
  const names = nameFiles(
    found.map(({ row, name, container }) => ({ row, name, extension: container })),
    rows_total,
  )
  return layOutZip(
    found.map(({ bytes, object_key, updated_at }, index) => ({
      name: names[index]!,
      bytes: Number(bytes),
      modifiedAt: updated_at,
      objectKey: object_key!,
    })),
  )
}
