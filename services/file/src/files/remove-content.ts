import type { Event } from '@flatrender/platform/events'
import type { FileDeps } from '../deps.ts'
import { findLeft, updateGone } from './files-store.ts'

/** A file was deleted: its object goes too. That of a finished video is the render service's. */
export async function removeContent(
  { database, storage }: FileDeps,
  { tenantId, subject: id }: Event,
): Promise<void> {
  if (tenantId === null || id === null) return
  const scope = { tenantId, visibleTenants: [] }
  const left = await database.transact(scope, (transaction) => findLeft(transaction, { tenantId, id }))
  if (left === undefined) return
  // First the object: as long as it may be there, its row names it.
  if (left.kind !== 'export') await storage.delete(left.objectKey)
  await database.transact(scope, (transaction) => updateGone(transaction, { tenantId, id }))
}
