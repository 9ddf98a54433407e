import { findMissing } from '@flatrender/platform/references'
import type { FileDeps } from '../deps.ts'

/** Those of the ids that no row has: another service asks whether what it keeps still names something. */
export async function listMissing(
  { system }: FileDeps,
  { of, ids }: { of: 'files'; ids: string[] },
): Promise<{ ids: string[] }> {
  return { ids: await system.transact((transaction) => findMissing(transaction, `file_mgr.${of}`, ids)) }
}
