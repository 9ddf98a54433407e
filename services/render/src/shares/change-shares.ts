import type { SystemTransaction } from '@flatrender/platform/db'
import type { Tables } from '../tables.ts'
import type { ShareChange } from './share-change.ts'
import { applyChanges } from './shares-system-store.ts'

/** What transactions have put off to their end. */
const putOff = new WeakMap<SystemTransaction<Tables>, ShareChange[]>()

/**
 * Does some work of a transaction, and only then changes the shares that it changes, all at once: tenants' shares are locked
 * last, in one order and for as short as may be, so that nobody waits in a circle.
 */
export async function withShares<Result>(
  transaction: SystemTransaction<Tables>,
  work: () => Promise<Result>,
): Promise<Result> {
  if (putOff.has(transaction)) return work()
  const changes: ShareChange[] = []
  putOff.set(transaction, changes)
  try {
    const result = await work()
    if (changes.length > 0) await applyChanges(transaction, changes)
    return result
  } finally {
    putOff.delete(transaction)
  }
}

/** Changes shares at the end of the work that stands in `withShares`, or at once where none does. */
export async function changeShares(
  transaction: SystemTransaction<Tables>,
  changes: readonly ShareChange[],
): Promise<void> {
  if (changes.length === 0) return
  const later = putOff.get(transaction)
  if (later === undefined) await applyChanges(transaction, changes)
  else later.push(...changes)
}
