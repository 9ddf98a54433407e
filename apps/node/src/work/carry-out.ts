import path from 'node:path'
import { mapAtOnce } from '@flatrender/contracts/concurrency'
import type { LeasedJob, NodeResult } from '@flatrender/contracts/node'
import type { RenderEngine } from '@flatrender/engine-render'
import type { FileCache } from '../files/file-cache.ts'
import { putFile } from '../files/put-file.ts'
import { resolveAddress } from '../files/resolve-address.ts'
import { PART_EXTENSION } from './list-files.ts'
import type { Seats } from './seats.ts'
import { withOrderFiles } from './with-order-files.ts'

/** Files that one job puts at once. */
const AT_ONCE = 4

/** What jobs are done with. */
export interface Tools {
  readonly engine: RenderEngine
  readonly cache: FileCache
  /** Folder of the jobs' own folders. */
  readonly scratch: string
  /** What relative addresses are relative to. */
  readonly server: string
}

/** Tools, and where to sit. */
interface Workplace extends Tools {
  readonly seats: Seats
}

/** Who hears how a job goes on, and ends it. */
export interface Hearing {
  readonly signal: AbortSignal
  /** Hears how many frames are done. */
  readonly onFrame: (done: number) => void
  /** Hears that the workers are done, and files are only put yet. */
  readonly onMade: () => void
}

/** What came of a job, and the milliseconds that its workers took. */
export interface JobEnd {
  readonly result: NodeResult
  readonly workedMs: number
}

/**
 * Does a job: gets its files, has the engine carry it out as soon as a worker is free, puts what came of it. Errors: those of the three; the signal's
 * reason.
 */
export async function carryOut(
  tools: Workplace,
  { jobId, fence, order }: LeasedJob,
  hearing: Hearing,
): Promise<JobEnd> {
  const { engine, cache, server } = tools
  const { signal, onFrame, onMade } = hearing
  const folder = path.join(tools.scratch, `${jobId}-${fence}`)
  return withOrderFiles({ cache, order, folder, signal }, async (files, outputs) => {
    const leave = await tools.seats.take(signal)
    const begun = performance.now()
    const result = await engine.run(order, files, { signal, onFrame }).finally(leave)
    signal.throwIfAborted()
    onMade()
    const workedMs = Math.round(performance.now() - begun)
    await mapAtOnce(AT_ONCE, outputs, (output) =>
      putFile({ ...output, url: resolveAddress(output.url, server) }, signal),
    )
    for (const [index, made] of listParts(result).entries())
      await cache.adopt({ ...made, extension: PART_EXTENSION }, outputs[index]!.file)
    return { result, workedMs }
  })
}

/** What was made to be joined later, in the sequence of its files: perhaps here, where it needn't be fetched then. */
function listParts(result: NodeResult): readonly { readonly hash: string; readonly bytes: number }[] {
  if (result.kind === 'frames') return result.segments
  return result.kind === 'sound' ? [result] : []
}
