import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FileDeps } from '../deps.ts'
import { type FileUser, insertReference } from './file-references-store.ts'
import { findFile } from './files-store.ts'

/** Keeps a file from being deleted, for a row of a service that needs it. Errors: FILE_UNKNOWN for one that is gone. */
export async function referenceFile(
  { database }: FileDeps,
  { actor }: Call,
  { id, by }: { id: string; by: FileUser },
): Promise<Record<string, never>> {
  const { tenantId } = actor
  const sight = { all: true, ownerId: null }
  await database.transact(actor, async (transaction) => {
    // Whoever deletes it waits, and finds the reference.
    if ((await findFile(transaction, { tenantId, id, sight, lock: 'share' })) === undefined)
      throw new FlatRenderError('FILE_UNKNOWN', { file: id })
    await insertReference(transaction, { tenantId, fileId: id, by })
  })
  return {}
}
