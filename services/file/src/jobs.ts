import type { CronEntry, Job } from '@flatrender/platform/events'
import type { FileDeps } from './deps.ts'
import { removeEndedUploads } from './uploads/remove-ended-uploads.ts'

/** The service's background work, a line each. */
export function listJobs(deps: FileDeps) {
  return {
    'file.remove-ended-uploads': async () => removeEndedUploads(deps),
  } satisfies Record<`file.${string}`, Job>
}

/** When it is done by itself, in UTC. */
export const cron: readonly CronEntry[] = [{ job: 'file.remove-ended-uploads', at: '*/15 * * * *' }]
