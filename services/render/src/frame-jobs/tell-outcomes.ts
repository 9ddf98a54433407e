import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { settleSpotChecks } from '../spot-checks/settle-spot-checks.ts'
import { readSpotCheck } from '../spot-checks/spot-order.ts'
import type { Tables } from '../tables.ts'
import type { EndedFrameJob } from './new-frame-job.ts'
import { outcomes } from './outcomes.ts'

/** Does what follows from the end of jobs, a sort after the other. Spot checks are nobody's but the farm's. */
export async function tellOutcomes(
  render: Render,
  transaction: SystemTransaction<Tables>,
  ended: readonly EndedFrameJob[],
): Promise<void> {
  const spots = ended.filter(({ input }) => readSpotCheck(input) !== undefined)
  if (spots.length > 0) await settleSpotChecks(render, transaction, spots)
  // What follows from two kinds alike is done at once: locks are taken in one order.
  const byOutcome = Map.groupBy(
    ended.filter((job) => !spots.includes(job)),
    ({ kind }) => outcomes[kind],
  )
  for (const [follow, jobs] of byOutcome) await follow?.(render, transaction, jobs)
}
