import type { Render } from '../deps.ts'
import { advanceLater } from './advance-later.ts'
import { findLingeringBatches } from './batches-system-store.ts'

/** Seconds without a change after which a batch is looked at again. */
const LINGERING_SECONDS = 120
const AT_ONCE = 500

/** Job: looks again at batches that stand still: whatever should have woken them was lost. */
export async function reviveBatches({ system }: Render): Promise<void> {
  await system.transact(async (transaction) => {
    for (const name of await findLingeringBatches(transaction, {
      seconds: LINGERING_SECONDS,
      limit: AT_ONCE,
    }))
      await advanceLater(transaction, name)
  })
}
