import type { Render } from '../deps.ts'
import { deleteOldJobs } from './old-jobs-system-store.ts'

/** Jobs that go in one statement: a few hundred milliseconds. */
const BATCH = 5000

/** Removes frame jobs that ended long ago, and what stands of them in other places. Gives how many. */
export async function removeOldJobs(render: Render): Promise<number> {
  let removed = 0
  for (;;) {
    const now = await render.system.transact((transaction) =>
      deleteOldJobs(transaction, { days: render.config.frameJobDays, most: BATCH }),
    )
    removed += now
    if (now < BATCH) return removed
  }
}
