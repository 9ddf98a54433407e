import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { PlannedSegment } from '@flatrender/contracts/engine'
import { openSegmentCache, type SegmentCache } from './cache/segment-cache.ts'
import { assertOutputFolder } from './files/assert-output-folder.ts'
import { assertReplaceable } from './files/assert-replaceable.ts'
import { layOutLotties } from './media/lay-out-lotties.ts'
import { layOutPictures } from './media/lay-out-pictures.ts'
import type { PreparedRender } from './prepare/prepare-render.ts'
import { createProgressMeter, type RenderProgress } from './render-progress.ts'
import { renderSound } from './sound/render-sound.ts'
import { assemble } from './stage/assemble.ts'
import { digestFrames } from './stage/digest-frames.ts'
import { createOrderWriter } from './stage/order-writer.ts'
import { type PaintStage, paintSegments } from './stage/paint-segments.ts'
import { readOrRepair } from './stage/read-or-repair.ts'
import { runTogether } from './stage/run-together.ts'
import type { Workshop } from './workspace/workshop.ts'

/** With what, where and how a plan is carried out. */
export interface RenderOptions extends Workshop {
  /** The pool's size. */
  readonly workers: number
  /** Bytes that cached segments may take. */
  readonly cacheLimit: number
  /** The file to write; for numbered pictures the folder. */
  readonly output: string
  /** Decode every frame again, or key frames alone. */
  readonly verify: 'key' | 'full'
  /** Hash every frame? */
  readonly digest: boolean
  readonly signal: AbortSignal
  readonly onProgress: (progress: RenderProgress) => void
}

/** What was done. Frames are counted on the timeline. */
export interface RenderResult {
  readonly output: string
  readonly frames: number
  readonly painted: number
  readonly cached: number
  readonly repaired: number
  /** From the first order to the finished file. */
  readonly seconds: number
  readonly soundReused: boolean
  /** Of the largest worker, bytes; 0 if nothing was painted. */
  readonly peakRss: number
  /** SHA-256 of the frames' hashes. */
  readonly digest?: string
}

/**
 * Carries a plan out: paints what the cache lacks, mixes the sound meanwhile, joins both. The output appears whole or
 * not at all; what was painted before a failure stays in the cache.
 * Errors: OUTPUT_FOLDER_MISSING and OUTPUT_UNWRITABLE before any work; then WORKER_CRASHED, WORKER_UNSTARTABLE,
 * SEGMENT_UNVERIFIED, SLOT_PAINTED_NOTHING, RENDER_CANCELLED, OUTPUT_DISK_FULL.
 */
export async function render(prepared: PreparedRender, options: RenderOptions): Promise<RenderResult> {
  const { plan, sound } = prepared
  const { workspace, pool, signal } = options
  await assertOutputFolder(options.output)
  await assertReplaceable(options.output, plan.container)
  const cache = await openSegmentCache({ folder: workspace.segments, limit: options.cacheLimit })
  const scratch = await workspace.openScratch()
  const meter = createProgressMeter(plan, options.onProgress)
  let pinned: Awaited<ReturnType<SegmentCache['pin']>> | undefined
  try {
    pinned = await cache.pin(plan.segments.map(({ key }) => key))
    const stage = await openStage(prepared, options, cache, scratch.folder, meter)
    const paint = async (stop: AbortSignal) => {
      await paintSegments({ ...stage, signal: stop })
      meter.enter('sound')
    }
    const mix = async (stop: AbortSignal) =>
      sound &&
      renderSound(sound, {
        container: plan.container,
        engine: plan.engine,
        workspace,
        pool,
        scratch: scratch.folder,
        signal: stop,
      })
    const [, mixed] = await runTogether(signal, paint, mix)
    meter.enter('assembling')
    const digest = options.digest ? await digestFrames(stage) : undefined
    const read = (segment: PlannedSegment) => readOrRepair(stage, segment, options.verify)
    await assemble({ plan, read, sound: mixed?.stream, output: options.output, metadata: {}, signal })
    await pinned.unpin()
    await cache.evict()
    meter.enter('done')
    const {
      framesPainted: painted,
      framesCached: cached,
      framesRepaired: repaired,
      seconds,
      peakRss,
    } = meter.now()
    const soundReused = mixed?.reused ?? false
    const { output } = options
    return {
      output,
      frames: plan.frames,
      painted,
      cached,
      repaired,
      seconds,
      soundReused,
      peakRss,
      ...(digest && { digest }),
    }
  } finally {
    await pinned?.unpin()
    await scratch.remove()
  }
}

async function openStage(
  prepared: PreparedRender,
  { workspace, pool, workers, verify, digest, signal }: RenderOptions,
  cache: SegmentCache,
  scratch: string,
  meter: ReturnType<typeof createProgressMeter>,
): Promise<PaintStage> {
  const { plan, lotties, fileOfHash, files } = prepared
  const compiled = [...lotties.values()].map(({ lottie }) => lottie)
  const videos = await layOutPictures(compiled, { workspace, pool, fileOfHash, files })
  await layOutLotties(lotties, workspace.lotties)
  await Promise.all(
    [...new Set(plan.segments.map(({ key }) => path.dirname(cache.pathOf(key))))].map((folder) =>
      mkdir(folder, { recursive: true }),
    ),
  )
  return {
    plan,
    cache,
    pool,
    parallel: workers + 1,
    orderFor: createOrderWriter(plan, { workspace, scratch, videos, verify, hashFrames: digest }),
    signal,
    onFrame: meter.frame,
    onSegment: meter.segment,
    onMemory: meter.memory,
    onRepair: meter.repaired,
  }
}
