import type { SystemTransaction } from '@flatrender/platform/db'
import type { Render } from '../deps.ts'
import { assembleLater } from '../exports/assemble-later.ts'
import { giveUpExport } from '../exports/exports-system-store.ts'
import type { EndedFrameJob } from '../frame-jobs/new-frame-job.ts'
import type { Outcome } from '../frame-jobs/outcome.ts'
import { countRepaired } from '../frame-jobs/repairs-system-store.ts'
import { clearLater, failRender } from '../renders/end-render.ts'
import { moveRender } from '../renders/renders-system-store.ts'
import type { Tables } from '../tables.ts'
import { addProgress, findCounting } from './progress-system-store.ts'
import { endSegments, type SegmentEnd } from './segments-system-store.ts'

/**
 * What follows from the end of frames, and of sound: their segments are there or missing again, and every render that counts on them is
 * further, ready to be assembled, or failed. Locks are taken in the order of everybody here: jobs, segments, renders.
 */
export const takeFrames: Outcome = async (render, transaction, ended) => {
  const ends = await endSegments(transaction, ended.flatMap(listEnds))
  const jobOfKey = new Map(ended.flatMap((job) => keysOf(job).map((key) => [`${job.tenantId} ${key}`, job])))
  // Those that a node found and those that the farm did.
  const repainted = await countRepaired(transaction, ended)
  const jobOf = ({ tenantId, key }: { tenantId: string; key: string }) => jobOfKey.get(`${tenantId} ${key}`)!
  await advance(
    transaction,
    ends
      .filter((one) => jobOf(one).outcome.state === 'verified')
      .map((one) => ({
        ...one,
        repaired: repairedWithin(jobOf(one), one.key) + (repainted.get(one.id) ?? 0),
      })),
  )
  for (const job of ended) {
    if (job.outcome.state !== 'failed') continue
    const lost = ends.filter((one) => jobOf(one) === job)
    await failThose(render, transaction, job, lost)
  }
}

/** Brings the renders that count on these segments on. */
async function advance(
  transaction: SystemTransaction<Tables>,
  segments: readonly { tenantId: string; id: string; repaired: number }[],
): Promise<void> {
  if (segments.length === 0) return
  for (const { tenantId, renderId, state, complete } of await addProgress(transaction, segments)) {
    if (!complete) continue
    const name = { tenantId, renderId }
    if (state === 'rendering') await moveRender(transaction, name, 'assembling')
    await assembleLater(transaction, name)
  }
}

/** Ends the renders that count on segments which could not be painted. */
async function failThose(
  render: Render,
  transaction: SystemTransaction<Tables>,
  { input, nodeId, outcome }: EndedFrameJob,
  segments: readonly { tenantId: string; id: string }[],
): Promise<void> {
  if (outcome.state !== 'failed') return
  const { failure, crash } = outcome
  const piece = (input as { piece?: { name: string } }).piece?.name ?? 'sound'
  const data = { piece, ...failure.data, node: nodeId ?? '', ...(crash !== null && { crash, record: crash }) }
  for (const name of await findCounting(transaction, segments)) {
    const failed = await failRender(render, transaction, name, { code: failure.code, data })
    // One that is over counts on them for a file that is made again.
    if (failed) continue
    await giveUpExport(transaction, name, failure.code)
    await clearLater(transaction, name)
  }
}

/** A sound is a segment of its own. */
function keysOf({ input }: EndedFrameJob): string[] {
  const { segments, key } = input as { segments?: { key: string }[]; key?: string }
  return segments?.map((segment) => segment.key) ?? [key!]
}

function listEnds(job: EndedFrameJob): SegmentEnd[] {
  const { tenantId, id: frameJobId } = job
  return keysOf(job).map((key) => ({ tenantId, key, frameJobId, file: fileOf(job, key) }))
}

function fileOf({ outcome }: EndedFrameJob, key: string): SegmentEnd['file'] {
  if (outcome.state !== 'verified') return null
  const { result } = outcome
  if (result.kind === 'sound') return { hash: result.hash, bytes: result.bytes }
  const segment = result.kind === 'frames' && result.segments.find((one) => one.key === key)
  return segment ? { hash: segment.hash, bytes: segment.bytes } : null
}

/** Frames of a segment that the node itself painted again before it reported. */
function repairedWithin({ outcome }: EndedFrameJob, key: string): number {
  if (outcome.state !== 'verified' || outcome.result.kind !== 'frames') return 0
  return outcome.result.segments.find((one) => one.key === key)?.repaired.length ?? 0
}
