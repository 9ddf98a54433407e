import { listConsumers } from './consumers.ts'
import type { FileDeps } from './deps.ts'
import { cron, listJobs } from './jobs.ts'
import { createRouter } from './router.ts'

export type { FileDeps, FileEvent } from './deps.ts'
export type { Tables as FileTables } from './tables.ts'

/** People's files: uploads, quotas, signed links. Nothing is connected, and nothing runs, before it is asked. */
export function createFileService(deps: FileDeps) {
  return { router: createRouter(deps), consumers: listConsumers(deps), jobs: listJobs(deps), cron }
}
