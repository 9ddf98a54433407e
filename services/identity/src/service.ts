import { listConsumers } from './consumers.ts'
import { type IdentityDeps, openIdentity } from './deps.ts'
import { cron, listJobs } from './jobs.ts'
import { createRouter } from './router.ts'

export type { IdentityDeps, IdentityEvent, Keeper } from './deps.ts'
export type { Tables as IdentityTables } from './tables.ts'
export { createOwner } from './tenants/create-owner.ts'

/** Tenants, users, logins and keys. Nothing is connected, and nothing runs, before it is asked. */
export function createIdentityService(deps: IdentityDeps) {
  const identity = openIdentity(deps)
  return {
    router: createRouter(identity),
    consumers: listConsumers(identity),
    jobs: listJobs(identity),
    cron,
  }
}
