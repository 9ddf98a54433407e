import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FileDeps } from '../deps.ts'
import { findFile } from './files-store.ts'
import type { Sight } from './find-sight.ts'

/** Tells a service where a file is that somebody sees, and what it is. Errors: FILE_UNKNOWN. */
export async function inputOf(
  { database }: FileDeps,
  { actor }: Call,
  { id, ...sight }: Sight & { id: string },
) {
  const { tenantId } = actor
  const row = await database.transact(actor, (transaction) => findFile(transaction, { tenantId, id, sight }))
  if (row === undefined) throw new FlatRenderError('FILE_UNKNOWN', { file: id })
  return {
    storageKey: row.object_key,
    sha256: row.hash.toString('hex'),
    bytes: Number(row.bytes),
    contentType: row.media_type,
    name: row.name,
  }
}
