import { FlatRenderError } from '@flatrender/contracts/errors'
import type { TenantTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Sight } from '../files/find-sight.ts'
import type { Account } from '../quotas/quotas-store.ts'
import type { Tables } from '../tables.ts'

/** Begins an upload; gives when it ends unless it is completed before. */
export async function insertUpload(
  transaction: TenantTransaction<Tables>,
  upload: Account & {
    id: string
    fileId: string
    ownerId: string | null
    bytes: number
    sha256: string | undefined
    objectKey: string
    seconds: number
  },
): Promise<Date> {
  const row = await transaction
    .insertInto('file_mgr.upload_sessions')
    .values({
      tenant_id: upload.tenantId,
      id: upload.id,
      file_id: upload.fileId,
      owner_id: upload.ownerId,
      account_id: upload.accountId,
      protocol: 'single',
      length_bytes: String(upload.bytes),
      reserved_bytes: String(upload.bytes),
      object_key: upload.objectKey,
      expected_hash: upload.sha256 === undefined ? null : Buffer.from(upload.sha256, 'hex'),
      expires_at: sql<Date>`now() + make_interval(secs => ${upload.seconds})`,
    })
    .returning('expires_at')
    .executeTakeFirstOrThrow()
  return row.expires_at
}

/** An upload, held until the transaction ends. */
export interface HeldUpload {
  readonly fileId: string
  readonly accountId: string
  readonly bytes: number
  /** In hexadecimal; null where it wasn't announced. */
  readonly sha256: string | null
  readonly objectKey: string
  readonly state: 'open' | 'completing' | 'completed' | 'failed' | 'aborted' | 'expired'
}

/**
 * Holds an upload that somebody sees, so that it is completed by one at a time. Past its time it is expired, whether or not
 * that is written down. Errors: UPLOAD_UNDER_WAY where somebody else has it.
 */
export async function holdUpload(
  transaction: TenantTransaction<Tables>,
  { tenantId, id, sight }: { tenantId: string; id: string; sight: Sight },
): Promise<HeldUpload | undefined> {
  const { rows } = await sql<{
    fileId: string
    accountId: string
    bytes: string
    sha256: string | null
    objectKey: string
    state: HeldUpload['state']
    late: boolean
  }>`
    select file_id as "fileId", account_id as "accountId", length_bytes as bytes, encode(expected_hash, 'hex') as sha256,
      object_key as "objectKey", state, finished_at is null and expires_at <= now() as late
    from file_mgr.upload_sessions
    where tenant_id = ${tenantId} and id = ${id} and (${sight.all} or owner_id is not distinct from ${sight.ownerId}::uuid)
    for update nowait`
    .execute(transaction)
    .catch((error: unknown) => {
      // PostgreSQL's lock_not_available.
      if ((error as { code?: string }).code !== '55P03') throw error
      throw new FlatRenderError('UPLOAD_UNDER_WAY', { upload: id }, { cause: error })
    })
  const [row] = rows
  if (row === undefined) return undefined
  const { late, bytes, state, ...upload } = row
  return { ...upload, bytes: Number(bytes), state: late ? 'expired' : state }
}

/** An upload has become a file. */
export async function updateCompleted(
  transaction: TenantTransaction<Tables>,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<void> {
  await transaction
    .updateTable('file_mgr.upload_sessions')
    .set({
      state: 'completed',
      offset_bytes: sql<string>`length_bytes`,
      reserved_bytes: '0',
      finished_at: sql<Date>`now()`,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
