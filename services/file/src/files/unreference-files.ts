import type { Call } from '@flatrender/contracts/call'
import type { FileDeps } from '../deps.ts'
import { deleteReferences, type FileUser } from './file-references-store.ts'

/** Lets go of all files that a row of a service needed. */
export async function unreferenceFiles(
  { database }: FileDeps,
  { actor }: Call,
  { by }: { by: FileUser },
): Promise<Record<string, never>> {
  const { tenantId } = actor
  await database.transact(actor, (transaction) => deleteReferences(transaction, { tenantId, by }))
  return {}
}
