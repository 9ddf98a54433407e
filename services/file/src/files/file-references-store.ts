import type { TenantTransaction } from '@flatrender/platform/db'
import type { Tables } from '../tables.ts'

/** A row of another service that needs files. */
export interface FileUser {
  readonly service: string
  readonly noun: string
  readonly id: string
}

/** Writes down that a row needs a file. */
export async function insertReference(
  transaction: TenantTransaction<Tables>,
  { tenantId, fileId, by }: { tenantId: string; fileId: string; by: FileUser },
): Promise<void> {
  await transaction
    .insertInto('file_mgr.file_references')
    .values({
      tenant_id: tenantId,
      file_id: fileId,
      service: by.service,
      noun: by.noun,
      used_by_tenant_id: tenantId,
      used_by_id: by.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A row needs nothing any more. */
export async function deleteReferences(
  transaction: TenantTransaction<Tables>,
  { tenantId, by }: { tenantId: string; by: FileUser },
): Promise<void> {
  await transaction
    .deleteFrom('file_mgr.file_references')
    .where('used_by_tenant_id', '=', tenantId)
    .where('service', '=', by.service)
    .where('noun', '=', by.noun)
    .where('used_by_id', '=', by.id)
    .execute()
}

/** Does anybody need a file? */
export async function isReferenced(
  transaction: TenantTransaction<Tables>,
  { tenantId, fileId }: { tenantId: string; fileId: string },
): Promise<boolean> {
  const row = await transaction
    .selectFrom('file_mgr.file_references')
    .select('file_id')
    .where('tenant_id', '=', tenantId)
    .where('file_id', '=', fileId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
