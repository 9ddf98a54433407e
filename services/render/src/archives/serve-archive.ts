import { Readable } from 'node:stream'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { RawHandler } from '@flatrender/platform/service'
import { ATTACHMENT_GUARDS, writeDisposition } from '@flatrender/platform/storage'
import { findBatch } from '../batches/batches-store.ts'
import type { Render } from '../deps.ts'
import { readArchiveAddress } from './archive-address.ts'
import { type ArchivedFile, gatherArchive } from './gather-archive.ts'
import { streamZip } from './stream-zip.ts'

/**
 * Answers signed addresses of archives: a ZIP straight from the storage. Errors: STORED_ADDRESS_INVALID,
 * BATCH_WITHOUT_FILES; those of the storage break the connection.
 */
export function serveArchive({ database, storage, secretKeys }: Render): RawHandler {
  return async (_call, { method, url, signal }) => {
    const name = readArchiveAddress(secretKeys, url)
    const scope = { tenantId: name.tenantId, visibleTenants: [] }
    const { batch, layout } = await database.transact(scope, async (transaction) => {
      const found = await findBatch(transaction, name)
      if (found === undefined) throw new FlatRenderError('STORED_ADDRESS_INVALID')
      return { batch: found, layout: await gatherArchive(transaction, found) }
    })
    const open = async ({ objectKey }: ArchivedFile) => (await storage.get(objectKey, { signal })).stream
    return {
      status: 200,
      headers: {
        ...ATTACHMENT_GUARDS,
        'content-type': 'application/zip',
        'content-length': String(layout.bytes),
        'content-disposition': writeDisposition(`${batch.name ?? `flatrender-${batch.id}`}.zip`),
      },
      body: method === 'HEAD' ? null : Readable.from(streamZip(layout, open)),
    }
  }
}
