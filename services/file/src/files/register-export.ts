import type { Call } from '@flatrender/contracts/call'
import type { FileDeps } from '../deps.ts'
import { addBytes } from '../quotas/quotas-store.ts'
import { insertExport, type NewExport } from './exports-store.ts'

/** Lists a finished video among people's files; it counts in their storage, once, and is never refused. */
export async function registerExport(
  { database }: FileDeps,
  { actor }: Call,
  input: Omit<NewExport, 'tenantId'>,
): Promise<{ fileId: string }> {
  const file = { ...input, tenantId: actor.tenantId }
  await database.transact(actor, async (transaction) => {
    if (await insertExport(transaction, file)) await addBytes(transaction, file, { exports: file.bytes })
  })
  return { fileId: file.id }
}
