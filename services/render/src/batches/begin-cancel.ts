import type { SystemTransaction } from '@flatrender/platform/db'
import type { Tables } from '../tables.ts'
import { advanceLater } from './advance-later.ts'
import type { BatchName } from './batch-name.ts'
import { cancelAwaited } from './batch-rows-store.ts'
import { moveBatch } from './batches-store.ts'

/** Gives up a batch's rows, and has its renders cancelled right after, unless it is over; says whether it did. */
export async function beginCancel(transaction: SystemTransaction<Tables>, name: BatchName): Promise<boolean> {
  // In the order of whoever makes a render of a row: that is done before, or finds none to make one of.
  if ((await moveBatch(transaction, name, 'cancelling')) === undefined) return false
  await cancelAwaited(transaction, name)
  await advanceLater(transaction, name)
  return true
}
