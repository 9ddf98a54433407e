import type { CronEntry, Job } from '@flatrender/platform/events'
import type { Render } from './deps.ts'
import { lookAfterLeases } from './frame-jobs/look-after-leases.ts'
import { removeOldJobs } from './frame-jobs/remove-old-jobs.ts'
import { keepMonths } from './nodes/keep-months.ts'

/** The service's background work, a line each. */
export function listJobs(render: Render) {
  return {
    'render.look-after-leases': async () => lookAfterLeases(render),
    'render.remove-old-jobs': async () => void (await removeOldJobs(render)),
    'render.keep-months': async () => keepMonths(render),
  } satisfies Record<`render.${string}`, Job>
}

/** When it is done by itself, in UTC. */
export const cron: readonly CronEntry[] = [
  { job: 'render.look-after-leases', at: '* * * * *' },
  { job: 'render.remove-old-jobs', at: '53 3 * * *' },
  { job: 'render.keep-months', at: '13 2 * * *' },
]
