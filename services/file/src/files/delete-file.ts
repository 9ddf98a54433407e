import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { describeAct } from '@flatrender/platform/service'
import type { FileDeps } from '../deps.ts'
import { isReferenced } from './file-references-store.ts'
import { findFile } from './files-store.ts'
import { findSight } from './find-sight.ts'
import { takeOff } from './take-off.ts'

/** Deletes a file that nobody needs; its room is free at once. Errors: FILE_UNKNOWN, FILE_IN_USE. */
export async function deleteFile(
  deps: FileDeps,
  call: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const { tenantId } = call.actor
  const sight = await findSight(deps, call)
  await deps.database.transact(call.actor, async (transaction) => {
    // Whoever begins to need it, or deletes it too, waits.
    if ((await findFile(transaction, { tenantId, id, sight, lock: 'update' })) === undefined)
      throw new FlatRenderError('FILE_UNKNOWN', { file: id })
    if (await isReferenced(transaction, { tenantId, fileId: id }))
      throw new FlatRenderError('FILE_IN_USE', { file: id })
    await takeOff(deps, transaction, { tenantId, id })
    const act = { action: 'file.deleted', subject: id }
    const data = { ...describeAct(call, act, deps.secretKeys) }
    await deps.emit(transaction, { type: 'file.act.recorded', tenantId, subject: id, data })
  })
  return {}
}
