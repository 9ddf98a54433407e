import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FileDeps } from '../deps.ts'
import { describeFile } from './describe-file.ts'
import { findFile } from './files-store.ts'
import { findSight } from './find-sight.ts'

/** Seconds for which an address opens a file. */
const GOOD_FOR = 3600

/** Shows a file, with an address that opens it for a while. Errors: FILE_UNKNOWN. */
export async function showFile(deps: FileDeps, call: Call, { id }: { id: string }) {
  const { tenantId } = call.actor
  const sight = await findSight(deps, call)
  const row = await deps.database.transact(call.actor, (transaction) =>
    findFile(transaction, { tenantId, id, sight }),
  )
  if (row === undefined) throw new FlatRenderError('FILE_UNKNOWN', { file: id })
  // Counted from before it is signed: it never says more than holds.
  const expiresAt = new Date(Date.now() + GOOD_FOR * 1000).toISOString()
  const url = await deps.storage.sign(row.object_key, {
    method: 'get',
    expiresIn: GOOD_FOR,
    filename: row.name,
  })
  return { ...describeFile(row), url, expiresAt }
}
