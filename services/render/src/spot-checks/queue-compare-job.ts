import { randomUUID } from 'node:crypto'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { NodeResult } from '@flatrender/contracts/node'
import type { SystemTransaction } from '@flatrender/platform/db'
import { enqueueFrameJobs } from '../frame-jobs/enqueue-frame-jobs.ts'
import type { FrameJobName } from '../frame-jobs/new-frame-job.ts'
import type { Tables } from '../tables.ts'
import { PRIORITY } from './queue-spot-job.ts'
import { updateSpotJob } from './spot-checks-system-store.ts'
import { type SpotInput, type SpotTurn, spotObjectKey } from './spot-order.ts'

/** A segment's file that is to be compared. */
export interface ComparedFile {
  /** SHA-256 in hexadecimal. */
  readonly hash: string
  readonly bytes: number
  readonly objectKey: string
}

/** Bytes that a worker takes that decodes, and milliseconds that two pictures take, at any size there is: for the queue. */
const [MEMORY, MILLISECONDS] = [512 * 1024 ** 2, 10]

/** What a spot check's node has put. */
export function fileOfTurn(
  check: FrameJobName,
  turn: SpotTurn,
  result: NodeResult | null,
): ComparedFile | undefined {
  if (result?.kind !== 'frames') return undefined
  const { hash, bytes } = result.segments[0]!
  return { hash, bytes, objectKey: spotObjectKey(check, turn) }
}

/** Has a node compare pictures: which doesn't matter, for it decodes what is named by content. */
export async function queueCompareJob(
  transaction: SystemTransaction<Tables>,
  { tenantId, ...spotCheck }: SpotInput & FrameJobName,
  files: readonly ComparedFile[],
  frames: number,
): Promise<void> {
  const frameJobId = randomUUID()
  const segments = files.map((file) => ({ ...file, extension: '.segment' }))
  await enqueueFrameJobs(transaction, [
    {
      tenantId,
      id: frameJobId,
      kind: 'compare',
      payer: { tenantId: DEFAULT_TENANT_ID, accountId: DEFAULT_TENANT_ID },
      renderJobId: null,
      lane: 'batch',
      priority: PRIORITY,
      engineBuild: null,
      templateHash: null,
      neededMemoryBytes: MEMORY,
      frames: 0,
      estimatedMs: frames * MILLISECONDS,
      input: { kind: 'compare', segments, spotCheck },
      waiters: 1,
    },
  ])
  await updateSpotJob(transaction, { tenantId, id: spotCheck.id }, { frameJobId, notFor: [] })
}
