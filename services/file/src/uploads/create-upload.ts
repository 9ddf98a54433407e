import { randomUUID } from 'node:crypto'
import type { Call } from '@flatrender/contracts/call'
import { answerOnce } from '@flatrender/platform/service'
import type { FileDeps } from '../deps.ts'
import { insertComing } from '../files/files-store.ts'
import { findStanding } from '../files/find-standing.ts'
import { reserveBytes } from '../quotas/quotas-store.ts'
import { kindOf } from './kind-of.ts'
import { arrivalKey, contentKey } from './object-keys.ts'
import { insertUpload } from './upload-sessions-store.ts'

/** Seconds for which bytes may come: as long as the session is open. */
const GOOD_FOR = 24 * 3600

/**
 * Keeps room for a file, and gives an address to send it to. Errors: FILE_QUOTA_EXCEEDED, CREDIT_ACCOUNT_UNKNOWN, and those
 * of asking again with an `Idempotency-Key`.
 */
export async function createUpload(
  deps: FileDeps,
  call: Call,
  input: { name: string; bytes: number; sha256?: string | undefined; contentType: string },
) {
  const { tenantId } = call.actor
  const { bytes } = input
  const { ownerId, accountId, plan } = await findStanding(deps, call)
  const account = { tenantId, accountId }
  const once = {
    call,
    service: 'file',
    procedure: 'uploads.create',
    input,
    secretKeys: deps.secretKeys,
  }
  return deps.database.transact(call.actor, (transaction) =>
    answerOnce(transaction, once, async () => {
      await reserveBytes(transaction, account, { bytes, limit: plan?.storageBytes ?? null })
      const [id, fileId] = [randomUUID(), randomUUID()]
      // Both objects have their row before anything can come.
      await insertComing(transaction, {
        ...account,
        id: fileId,
        ownerId,
        name: input.name,
        kind: kindOf(input.contentType),
        contentType: input.contentType,
        objectKey: contentKey(tenantId, fileId),
      })
      const objectKey = arrivalKey(tenantId, id)
      const expiresAt = await insertUpload(transaction, {
        ...account,
        id,
        fileId,
        ownerId,
        bytes,
        sha256: input.sha256,
        objectKey,
        seconds: GOOD_FOR,
      })
      const url = await deps.storage.sign(objectKey, { method: 'put', expiresIn: GOOD_FOR, bytes })
      return { id, fileId, url, expiresAt: expiresAt.toISOString() }
    }),
  )
}
