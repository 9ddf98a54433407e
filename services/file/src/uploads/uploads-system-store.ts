import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import { addBytes } from '../quotas/quotas-store.ts'
import type { Tables } from '../tables.ts'

/** An upload whose address opens nothing any more. */
export interface EndedUpload {
  readonly tenantId: string
  readonly id: string
  readonly fileId: string
  readonly objectKey: string
  /** Of the file that it was to become; null where it became it. */
  readonly contentKey: string | null
}

/**
 * Writes down that uploads whose time was over an hour ago have expired, which frees their room; gives those and the
 * completed ones of that age, at most `limit`. One that is being completed is left alone.
 */
export async function expireUploads(
  transaction: SystemTransaction<Tables>,
  limit: number,
): Promise<EndedUpload[]> {
  const { rows } = await sql<EndedUpload & { accountId: string; reserved: string }>`
    with late as (
      select tenant_id, id, reserved_bytes from file_mgr.upload_sessions
      where expires_at < now() - interval '1 hour' order by expires_at limit ${limit} for update skip locked
    ), ended as (
      update file_mgr.upload_sessions as upload set reserved_bytes = 0,
        state = case when upload.finished_at is null then 'expired' else upload.state end,
        finished_at = coalesce(upload.finished_at, now())
      from late where upload.tenant_id = late.tenant_id and upload.id = late.id
      returning upload.*, late.reserved_bytes as freed
    )
    select ended.tenant_id as "tenantId", ended.id, file_id as "fileId", ended.object_key as "objectKey",
      ended.account_id as "accountId", freed as reserved,
      case when file.state = 'uploading' then file.object_key end as "contentKey"
    from ended join file_mgr.files as file on file.tenant_id = ended.tenant_id and file.id = ended.file_id`.execute(
    transaction,
  )
  for (const { tenantId, accountId, reserved } of rows)
    if (reserved !== '0')
      await addBytes(transaction, { tenantId, accountId }, { reserved: -Number(reserved) })
  return rows
}

/** Forgets an upload whose objects are gone, and the file that it never became. */
export async function deleteUpload(
  transaction: SystemTransaction<Tables>,
  { tenantId, id, fileId }: EndedUpload,
): Promise<void> {
  await sql`delete from file_mgr.upload_sessions where tenant_id = ${tenantId} and id = ${id}`.execute(
    transaction,
  )
  await sql`delete from file_mgr.files
    where tenant_id = ${tenantId} and id = ${fileId} and state = 'uploading'`.execute(transaction)
}
