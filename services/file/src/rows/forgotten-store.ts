import type { TenantTransaction } from '@flatrender/platform/db'
import type { Person } from '@flatrender/platform/personal'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** What the rows of a user's files say of them goes, and so do the folders that they lie in. */
export async function emptyFiles(
  transaction: TenantTransaction<Tables>,
  { tenantId, userId }: Person,
): Promise<void> {
  await sql`update file_mgr.files set name = 'deleted', probe = null
    where tenant_id = ${tenantId} and owner_id = ${userId}`.execute(transaction)
  await sql`update file_mgr.files set folder_id = null where tenant_id = ${tenantId} and folder_id in (
      select id from file_mgr.folders where tenant_id = ${tenantId} and owner_id = ${userId}
    )`.execute(transaction)
}
