import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { settleSpotChecks } from '../spot-checks/settle-spot-checks.ts'
import { readSpotCheck } from '../spot-checks/spot-order.ts'
import type { Tables } from '../tables.ts'
import type { EndedFrameJob } from './new-frame-job.ts'
import { outcomes } from './outcomes.ts'

/** Does what follows from the end of jobs, a kind after the other. Spot checks are nobody's but the farm's. */
export async function tellOutcomes(
  render: Render,
  transaction: SystemTransaction<Tables>,
  ended: readonly EndedFrameJob[],
): Promise<void> {
  const spots = ended.filter(({ input }) => readSpotCheck(input) !== undefined)
  if (spots.length > 0) await settleSpotChecks(render, transaction, spots)
  const byKind = Map.groupBy(
    ended.filter((job) => !spots.includes(job)),
    ({ kind }) => kind,
  )
  for (const [kind, jobs] of byKind) await outcomes[kind]?.(render, transaction, jobs)
}
