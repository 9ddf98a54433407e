import type { Identity } from '../deps.ts'
import { findMissingIds, type MissingFrom } from './missing-system-store.ts'

/** Those of the ids that nobody has: another service asks whether what it keeps still names somebody. */
export async function listMissing(
  identity: Identity,
  { of, ids }: { of: MissingFrom; ids: string[] },
): Promise<{ ids: string[] }> {
  return { ids: await identity.system.transact((transaction) => findMissingIds(transaction, of, ids)) }
}
