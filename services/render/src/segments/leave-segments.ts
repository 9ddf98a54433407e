import type { Render } from '../deps.ts'
import { giveUpExport, holdAssembleJobs } from '../exports/exports-system-store.ts'
import { cancelFrameJobs } from '../frame-jobs/cancel-frame-jobs.ts'
import { dropWaiters } from '../frame-jobs/drop-waiters.ts'
import { retryDeadlocks } from '../frame-jobs/retry-deadlocks.ts'
import type { RenderName } from '../renders/render-name.ts'
import { withShares } from '../shares/change-shares.ts'
import { findWaitedFor, forsakeSegments, holdFrameJobsOf, unpinSegments } from './segments-system-store.ts'

/**
 * Lets a render that is over count on its segments no more, and wait for none. What nobody else wants is not painted; what is
 * being painted is kept for whoever comes. A file that was being made of them is given up. Done again, nothing happens.
 */
export async function leaveSegments({ system }: Render, name: RenderName): Promise<void> {
  await retryDeadlocks(() =>
    system.transact((transaction) =>
      withShares(transaction, async () => {
        await cancelFrameJobs(transaction, await holdAssembleJobs(transaction, name))
        const held = await holdFrameJobsOf(transaction, await findWaitedFor(transaction, name))
        // Only whoever removes the pins was still counted among those who wait.
        if ((await unpinSegments(transaction, name)) > 0)
          await forsakeSegments(transaction, await dropWaiters(transaction, held))
        await giveUpExport(transaction, name, 'RENDER_CANCELLED')
      }),
    ),
  )
}
