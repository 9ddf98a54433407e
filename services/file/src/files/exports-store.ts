import type { TenantTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Account } from '../quotas/quotas-store.ts'
import type { Tables } from '../tables.ts'

/** A finished video. */
export interface NewExport extends Account {
  readonly id: string
  readonly ownerId: string | null
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  /** In hexadecimal. */
  readonly sha256: string
  readonly storageKey: string
}

/** Lists a finished video, or lists it again; false where it is listed already. */
export async function insertExport(
  transaction: TenantTransaction<Tables>,
  file: NewExport,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into file_mgr.files as known
      (tenant_id, id, owner_id, account_id, name, kind, media_type, bytes, hash, object_key, state)
    values (${file.tenantId}, ${file.id}, ${file.ownerId}, ${file.accountId}, ${file.name}, 'export',
      ${file.contentType}, ${file.bytes}, ${Buffer.from(file.sha256, 'hex')}, ${file.storageKey}, 'ready')
    on conflict (tenant_id, id) do update set state = 'ready', deleted_at = null, name = excluded.name,
      media_type = excluded.media_type, bytes = excluded.bytes, hash = excluded.hash, object_key = excluded.object_key
    where known.kind = 'export' and known.deleted_at is not null`.execute(transaction)
  return numAffectedRows === 1n
}
