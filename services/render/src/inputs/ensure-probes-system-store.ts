import { randomUUID } from 'node:crypto'
import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import { enqueueFrameJobs } from '../frame-jobs/enqueue-frame-jobs.ts'
import type { FrameJobLane, FrameJobPayer } from '../frame-jobs/new-frame-job.ts'
import type { Tables } from '../tables.ts'
import type { MediaFile } from './media-file.ts'
import { findProbes, forgetFailedProbe, type Probe, probeKey } from './probes-store.ts'

/** Learned milliseconds of a probe: it reads a file's head, and decodes one frame. */
const PROBE_MS = 200
const PROBE_MEMORY = 256 * 1024 ** 2

/** What is known of these files, by `probeKey`; for those that nobody looked at yet a node is asked to. */
export async function ensureProbes(
  transaction: SystemTransaction<Tables>,
  files: readonly MediaFile[],
  asker: { readonly payer: FrameJobPayer; readonly lane: FrameJobLane; readonly priority: number },
): Promise<Map<string, Probe>> {
  const distinct = [...new Map(files.map((file) => [probeKey(file), file])).values()]
  const known = await findProbes(transaction, distinct)
  const open = distinct.filter((file) => !known.has(probeKey(file)))
  if (open.length === 0) return known
  const missing: MediaFile[] = []
  for (const file of open.toSorted((a, b) => (probeKey(a) < probeKey(b) ? -1 : 1))) {
    await forgetFailedProbe(transaction, file)
    const { rows } = await sql<{ hash: string }>`
      insert into render.probes (tenant_id, hash) values (${file.tenantId}, decode(${file.hash}, 'hex'))
      on conflict (tenant_id, hash) do nothing returning encode(hash, 'hex') as hash`.execute(transaction)
    if (rows.length > 0) missing.push(file)
  }
  const jobs = missing.map((file) => ({ file, id: randomUUID() }))
  await enqueueFrameJobs(
    transaction,
    jobs.map(({ file: { tenantId, hash, bytes, objectKey, extension }, id }) => ({
      ...asker,
      tenantId,
      id,
      kind: 'probe' as const,
      renderJobId: null,
      engineBuild: null,
      templateHash: null,
      neededMemoryBytes: PROBE_MEMORY,
      frames: 0,
      estimatedMs: PROBE_MS,
      input: { kind: 'probe', media: { hash, bytes, objectKey, extension } },
      waiters: 1,
    })),
  )
  for (const { file, id } of jobs)
    await transaction
      .updateTable('render.probes')
      .set({ frame_job_id: id })
      .where('tenant_id', '=', file.tenantId)
      .where('hash', '=', Buffer.from(file.hash, 'hex'))
      .execute()
  return findProbes(transaction, distinct)
}
