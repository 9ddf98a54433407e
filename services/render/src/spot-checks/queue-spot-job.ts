import { randomUUID } from 'node:crypto'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { enqueueFrameJobs } from '../frame-jobs/enqueue-frame-jobs.ts'
import type { FrameJobRow } from '../frame-jobs/frame-jobs-system-store.ts'
import type { Tables } from '../tables.ts'
import { findPeerBuild } from './find-peer-system-store.ts'
import { updateSpotJob } from './spot-checks-system-store.ts'
import { type SpotInput, writeSpotOrder } from './spot-order.ts'

/** Below all that somebody waits for. */
export const PRIORITY = -1000

/**
 * Queues the first segment of a job for another node than those, on another architecture where there is none like them; the
 * installation pays, for it is who wants to know.
 */
export async function queueSpotJob(
  { config: { silenceSeconds } }: Render,
  transaction: SystemTransaction<Tables>,
  row: FrameJobRow,
  { notFor, ...asked }: SpotInput & { notFor: readonly string[] },
): Promise<void> {
  const check = { tenantId: row.tenant_id, id: asked.id }
  const build = row.engine_build
  const engineBuild =
    (build && (await findPeerBuild(transaction, { build, notFor, silenceSeconds }))) ?? build
  const input = writeSpotOrder(row.input, { ...check, ...asked }, engineBuild === build ? null : engineBuild)
  const [{ from, to }] = input.segments as [{ from: number; to: number }]
  const frameJobId = randomUUID()
  await enqueueFrameJobs(transaction, [
    {
      tenantId: row.tenant_id,
      id: frameJobId,
      kind: 'frames',
      payer: { tenantId: DEFAULT_TENANT_ID, accountId: DEFAULT_TENANT_ID },
      renderJobId: null,
      lane: 'batch',
      priority: PRIORITY,
      engineBuild,
      templateHash: row.template_hash === null ? null : row.template_hash.toString('hex'),
      neededMemoryBytes: Number(row.needed_memory_bytes),
      frames: to - from,
      estimatedMs: (row.estimated_ms * (to - from)) / Math.max(1, row.frames),
      input,
      waiters: 1,
    },
  ])
  await updateSpotJob(transaction, check, { frameJobId, notFor })
}
