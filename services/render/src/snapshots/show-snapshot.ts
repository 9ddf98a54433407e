import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Render } from '../deps.ts'
import { isInSight, sightOf } from '../renders/sight.ts'
import { describeSnapshot } from './describe-snapshot.ts'
import { findRequest, usePicture } from './snapshot-requests-store.ts'

/** A snapshot, and how far it is. Errors: SNAPSHOT_UNKNOWN, for one of somebody else or removed too; STORAGE_UNREACHABLE. */
export async function showSnapshot({ database, storage }: Render, { actor }: Call, { id }: { id: string }) {
  const found = await database.transact(actor, async (transaction) => {
    const row = await findRequest(transaction, { tenantId: actor.tenantId, id })
    if (row === undefined || !isInSight(sightOf(actor), row)) return undefined
    return { row, picture: await usePicture(transaction, row) }
  })
  if (found === undefined || found.picture?.state === 'evicted')
    throw new FlatRenderError('SNAPSHOT_UNKNOWN', { snapshot: id })
  return describeSnapshot(storage, found)
}
