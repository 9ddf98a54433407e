import type { Call } from '@flatrender/contracts/call'
import type { FileDeps } from '../deps.ts'
import { addBytes } from '../quotas/quotas-store.ts'
import { updateDeleted, updateGone } from './files-store.ts'

/** Takes a finished video off people's files: whoever has its object lets it go. */
export async function forgetExport(
  { database }: FileDeps,
  { actor }: Call,
  { id }: { id: string },
): Promise<Record<string, never>> {
  const { tenantId } = actor
  await database.transact(actor, async (transaction) => {
    const [file] = await updateDeleted(transaction, { tenantId, id })
    if (file === undefined) return
    await addBytes(transaction, { tenantId, accountId: file.account_id }, { exports: -Number(file.bytes) })
    await updateGone(transaction, { tenantId, id })
  })
  return {}
}
