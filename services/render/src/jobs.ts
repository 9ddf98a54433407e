import type { CronEntry, Job } from '@flatrender/platform/events'
import type { Render } from './deps.ts'

/** The service's background work, a line each. */
export function listJobs(_render: Render) {
  return {} satisfies Record<`render.${string}`, Job>
}

/** When it is done by itself, in UTC. */
export const cron: readonly CronEntry[] = []
