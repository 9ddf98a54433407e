import type { TenantTransaction } from '@flatrender/platform/db'
import type { FileDeps } from '../deps.ts'
import { addBytes } from '../quotas/quotas-store.ts'
import type { Tables } from '../tables.ts'
import { updateDeleted } from './files-store.ts'

/** Deletes a file, or all of a user's: frees their room, and tells of it, whereupon their objects go. */
export async function takeOff(
  { emit }: FileDeps,
  transaction: TenantTransaction<Tables>,
  which: { tenantId: string; id: string } | { tenantId: string; ownerId: string },
): Promise<void> {
  const { tenantId } = which
  for (const { id, kind, account_id: accountId, bytes } of await updateDeleted(transaction, which)) {
    const freed = -Number(bytes)
    await addBytes(
      transaction,
      { tenantId, accountId },
      kind === 'export' ? { exports: freed } : { used: freed },
    )
    await emit(transaction, {
      type: 'file.file.deleted',
      tenantId,
      subject: id,
      data: { fileId: id, kind },
    })
  }
}
