import type { Render } from '../deps.ts'
import { planLater } from '../plans/plan-later.ts'
import { findLingering } from './renders-system-store.ts'

/** Seconds without a change after which a render that isn't planned yet is looked at again. */
const LINGERING_SECONDS = 120
const AT_ONCE = 500

/**
 * Job: looks again at renders that rest before their plan, for whoever tries them again waits longer each time, and at those that
 * stand still: whatever should have woken them was lost.
 */
export async function reviveRenders({ system }: Render): Promise<void> {
  await system.transact(async (transaction) => {
    for (const name of await findLingering(transaction, { seconds: LINGERING_SECONDS, limit: AT_ONCE }))
      await planLater(transaction, name)
  })
}
