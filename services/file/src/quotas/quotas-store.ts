import { FlatRenderError } from '@flatrender/contracts/errors'
import { sql } from 'kysely'
import type { AnyTransaction } from '../tables.ts'

/** Whose storage. */
export interface Account {
  readonly tenantId: string
  readonly accountId: string
}

/** Bytes of an account. */
export interface Stored {
  readonly used: number
  readonly reserved: number
  readonly exports: number
}

/** What an account stores; nothing, where it never stored anything. */
export async function readStored(
  transaction: AnyTransaction,
  { tenantId, accountId }: Account,
): Promise<Stored> {
  const row = await transaction
    .selectFrom('file_mgr.quotas')
    .select(['used_bytes', 'reserved_bytes', 'export_bytes'])
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return {
    used: Number(row?.used_bytes ?? 0),
    reserved: Number(row?.reserved_bytes ?? 0),
    exports: Number(row?.export_bytes ?? 0),
  }
}

/**
 * Keeps room for bytes to come, under the limit that the account has now (null: none). Whoever asks at the same time waits.
 * Errors: FILE_QUOTA_EXCEEDED.
 */
export async function reserveBytes(
  transaction: AnyTransaction,
  account: Account,
  { bytes, limit }: { bytes: number; limit: number | null },
): Promise<void> {
  const { tenantId, accountId } = account
  await transaction
    .insertInto('file_mgr.quotas')
    .values({
      tenant_id: tenantId,
      account_id: accountId,
      limit_bytes: limit === null ? null : String(limit),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'account_id'])
        .doUpdateSet({ limit_bytes: limit === null ? null : String(limit) }),
    )
    .execute()
  // The row is locked by now.
  const { used, reserved, exports } = await readStored(transaction, account)
  const available = limit === null ? bytes : Math.max(0, limit - used - reserved - exports)
  if (bytes > available) throw new FlatRenderError('FILE_QUOTA_EXCEEDED', { needed: bytes, available })
  await addBytes(transaction, account, { reserved: bytes })
}

/** Moves an account's figures by so many bytes; the schema's checks keep them from what can't be. */
export async function addBytes(
  transaction: AnyTransaction,
  { tenantId, accountId }: Account,
  { used = 0, reserved = 0, exports = 0 }: Partial<Stored>,
): Promise<void> {
  await sql`insert into file_mgr.quotas as quota (tenant_id, account_id, used_bytes, reserved_bytes, export_bytes)
    values (${tenantId}, ${accountId}, greatest(${used}::bigint, 0), greatest(${reserved}::bigint, 0), greatest(${exports}::bigint, 0))
    on conflict (tenant_id, account_id) do update set used_bytes = quota.used_bytes + ${used}::bigint,
      reserved_bytes = quota.reserved_bytes + ${reserved}::bigint, export_bytes = quota.export_bytes + ${exports}::bigint`.execute(
    transaction,
  )
}
