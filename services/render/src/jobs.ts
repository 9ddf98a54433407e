import type { CronEntry, Job } from '@flatrender/platform/events'
import { advanceBatch } from './batches/advance-batch.ts'
import { reviveBatches } from './batches/revive-batches.ts'
import { keepCrash } from './crashes/keep-crash.ts'
import { removeOldCrashes } from './crashes/remove-old-crashes.ts'
import type { Render } from './deps.ts'
import { assembleRender } from './exports/assemble-render.ts'
import { removeExpiredExports } from './exports/remove-expired-exports.ts'
import { lookAfterLeases } from './frame-jobs/look-after-leases.ts'
import { removeOldJobs } from './frame-jobs/remove-old-jobs.ts'
import { removeOrphans } from './inputs/remove-orphans.ts'
import { removeUnusedInputs } from './inputs/remove-unused-inputs.ts'
import { keepMonths } from './nodes/keep-months.ts'
import { planRender } from './plans/plan-render.ts'
import { clearRender } from './renders/clear-render.ts'
import { renewAllCredits } from './renders/renew-credits.ts'
import { reviveRenders } from './renders/revive-renders.ts'
import { evictSegments } from './segments/evict-segments.ts'
import { evictSnapshots } from './snapshots/evict-snapshots.ts'
import { prepareSnapshot } from './snapshots/prepare-snapshot.ts'
import { removeSpotFiles } from './spot-checks/remove-spot-files.ts'

/** The service's background work, a line each. */
export function listJobs(render: Render) {
  return {
    'render.look-after-leases': async () => lookAfterLeases(render),
    'render.remove-old-jobs': async () => void (await removeOldJobs(render)),
    'render.keep-months': async () => keepMonths(render),
    'render.keep-crash': async (payload: unknown) => keepCrash(render, payload),
    'render.remove-old-crashes': async () => removeOldCrashes(render),
    'render.remove-spot-files': async () => removeSpotFiles(render),
    'render.plan-render': async (payload: unknown, signal: AbortSignal) =>
      planRender(render, payload, signal),
    'render.assemble-render': async (payload: unknown) => assembleRender(render, payload),
    'render.clear-render': async (payload: unknown) => clearRender(render, payload),
    'render.renew-credits': async () => renewAllCredits(render),
    'render.revive-renders': async () => reviveRenders(render),
    'render.advance-batch': async (payload: unknown) => advanceBatch(render, payload),
    'render.revive-batches': async () => reviveBatches(render),
    'render.remove-expired-exports': async () => removeExpiredExports(render),
    'render.remove-unused-inputs': async () => removeUnusedInputs(render),
    'render.remove-orphans': async () => removeOrphans(render),
    'render.evict-segments': async () => evictSegments(render),
    'render.prepare-snapshot': async (payload: unknown, signal: AbortSignal) =>
      prepareSnapshot(render, payload, signal),
    'render.evict-snapshots': async () => evictSnapshots(render),
  } satisfies Record<`render.${string}`, Job>
}

/** When it is done by itself, in UTC. */
export const cron: readonly CronEntry[] = [
  { job: 'render.look-after-leases', at: '* * * * *' },
  { job: 'render.remove-old-jobs', at: '53 3 * * *' },
  { job: 'render.keep-months', at: '13 2 * * *' },
  { job: 'render.remove-old-crashes', at: '41 2 * * *' },
  { job: 'render.remove-spot-files', at: '29 2 * * *' },
  { job: 'render.renew-credits', at: '29 * * * *' },
  { job: 'render.revive-renders', at: '* * * * *' },
  { job: 'render.revive-batches', at: '* * * * *' },
  { job: 'render.remove-expired-exports', at: '13,43 * * * *' },
  { job: 'render.remove-unused-inputs', at: '47 2 * * *' },
  { job: 'render.remove-orphans', at: '27 3 * * *' },
  { job: 'render.evict-segments', at: '7 3 * * *' },
  { job: 'render.evict-snapshots', at: '27 3 * * *' },
]
