import type { Render } from '../deps.ts'
import { deleteOldCrashes, unpinCrash } from './crashes-system-store.ts'

/** In one go. */
const AT_ONCE = 500

/** Job: removes records of deaths long ago, and lets go of what reproduced them. */
export async function removeOldCrashes({ system, config }: Render): Promise<void> {
  for (let removed = AT_ONCE; removed === AT_ONCE; )
    removed = await system.transact(async (transaction) => {
      const names = await deleteOldCrashes(transaction, { days: config.crashDays, limit: AT_ONCE })
      await unpinCrash(transaction, names)
      return names.length
    })
}
