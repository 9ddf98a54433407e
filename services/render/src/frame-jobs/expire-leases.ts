import type { Render } from '../deps.ts'
import { findExpired } from './frame-jobs-system-store.ts'
import { releaseFrameJobs } from './release-frame-jobs.ts'

/** Leases that are looked at at once. */
const BATCH = 100

/**
 * Takes back what nodes have lost. The lease query does so by itself where a job has an attempt left; this also ends those
 * that have none, and those that nobody waits for. Gives how many.
 */
export async function expireLeases(render: Render): Promise<number> {
  let taken = 0
  for (;;) {
    const expired = await render.system.ask((transaction) => findExpired(transaction, BATCH))
    const leases = expired.map(({ tenantId, id, fence }) => ({ tenantId, jobId: id, fence }))
    const now = await releaseFrameJobs(render, null, leases, 'expire')
    taken += now
    if (expired.length < BATCH || now === 0) return taken
  }
}
