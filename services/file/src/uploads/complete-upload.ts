import type { Call } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { FileDeps } from '../deps.ts'
import { describeFile } from '../files/describe-file.ts'
import { findFile, updateCome } from '../files/files-store.ts'
import { findSight } from '../files/find-sight.ts'
import { addBytes } from '../quotas/quotas-store.ts'
import { contentKey } from './object-keys.ts'
import { takeIn } from './take-in.ts'
import { holdUpload, updateCompleted } from './upload-sessions-store.ts'

/**
 * Makes a file of what came, once; done again it gives the same. The upload is held while its bytes are read, so a process
 * that dies over it leaves it as it was. Errors: UPLOAD_UNKNOWN, UPLOAD_ENDED, UPLOAD_MISSING, UPLOAD_DIFFERS,
 * UPLOAD_UNDER_WAY, FILE_UNKNOWN where the file was deleted since; those of the storage.
 */
export async function completeUpload(deps: FileDeps, call: Call, { id }: { id: string }) {
  const { tenantId } = call.actor
  const sight = await findSight(deps, call)
  const { file, left } = await deps.arrivals.transact(call.actor, async (transaction) => {
    const upload = await holdUpload(transaction, { tenantId, id, sight })
    if (upload === undefined) throw new FlatRenderError('UPLOAD_UNKNOWN', { upload: id })
    const { fileId, accountId, bytes, state } = upload
    if (state !== 'completed') {
      if (state !== 'open') throw new FlatRenderError('UPLOAD_ENDED', { upload: id, state })
      const sha256 = await takeIn(deps.storage, id, { ...upload, to: contentKey(tenantId, fileId) })
      await updateCome(transaction, { tenantId, id: fileId, bytes, hash: Buffer.from(sha256, 'hex') })
      await updateCompleted(transaction, { tenantId, id })
      await addBytes(transaction, { tenantId, accountId }, { used: bytes, reserved: -bytes })
      await deps.emit(transaction, {
        type: 'file.upload.completed',
        tenantId,
        subject: fileId,
        data: { fileId },
      })
    }
    const row = await findFile(transaction, { tenantId, id: fileId, sight: { all: true, ownerId: null } })
    if (row === undefined) throw new FlatRenderError('FILE_UNKNOWN', { file: fileId })
    return { file: row, left: upload.objectKey }
  })
  // What comes there later, as long as its address holds, is removed when the session ends.
  await deps.storage.delete(left)
  return describeFile(file)
}
