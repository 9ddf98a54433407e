import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import type { Tables } from '../tables.ts'
import type { EndedFrameJob } from './new-frame-job.ts'
import { outcomes } from './outcomes.ts'

/** Does what follows from the end of jobs, a kind after the other. */
export async function tellOutcomes(
  render: Render,
  transaction: SystemTransaction<Tables>,
  ended: readonly EndedFrameJob[],
): Promise<void> {
  const byKind = Map.groupBy(ended, ({ kind }) => kind)
  for (const [kind, jobs] of byKind) await outcomes[kind]?.(render, transaction, jobs)
}
