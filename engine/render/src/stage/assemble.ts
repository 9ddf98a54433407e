import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { PlannedSegment, RenderPlan } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { type EncodedStream, muxVideo } from '@flatrender/engine-media'
import type { Segment } from '../cache/segment-file.ts'
import { assertReplaceable } from '../files/assert-replaceable.ts'
import { sweepParts } from '../files/sweep-parts.ts'
import { writeFailure } from '../files/write-failure.ts'

/** Everything that joining needs. */
export interface AssembleStage {
  readonly plan: RenderPlan
  /** Reads a segment back from the cache; paints it again if it is damaged or gone. */
  readonly read: (segment: PlannedSegment) => Promise<Segment>
  readonly sound: EncodedStream | undefined
  /** The file to write; for numbered pictures the folder. */
  readonly output: string
  readonly metadata: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/**
 * Joins the segments with the sound, under a temporary name beside the output, then renames: nobody sees half a file,
 * and what was there before stays until the new one is whole.
 * Errors: RENDER_CANCELLED, SEGMENT_UNVERIFIED, OUTPUT_DISK_FULL, OUTPUT_FOLDER_MISSING, OUTPUT_UNWRITABLE.
 */
export async function assemble(stage: AssembleStage): Promise<void> {
  const { plan, sound, metadata, signal } = stage
  const output = path.resolve(stage.output)
  const numbered = plan.container === 'png'
  const temporary = `${output}.${process.pid}-${randomUUID().slice(0, 8)}.part`
  await sweepParts(output)
  try {
    if (numbered) await mkdir(temporary)
    await muxVideo({
      file: temporary,
      container: plan.container,
      settings: plan.settings,
      segments: readAll(stage),
      ...(sound && { audio: sound }),
      metadata,
    })
    if (signal.aborted) throw new FlatRenderError('RENDER_CANCELLED')
    if (numbered) await replaceFolder(temporary, output)
    else await rename(temporary, output)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw writeFailure(error, output)
  }
}

async function* readAll({
  plan,
  read,
  signal,
}: AssembleStage): AsyncGenerator<{ startFrame: number; stream: EncodedStream }> {
  for (const segment of plan.segments) {
    if (signal.aborted) throw new FlatRenderError('RENDER_CANCELLED')
    yield { startFrame: segment.start, stream: (await read(segment)).stream }
  }
}

/** A folder can't be renamed over another that holds something, so the old one steps aside. */
async function replaceFolder(temporary: string, output: string): Promise<void> {
  await assertReplaceable(output, 'png')
  const aside = `${temporary}.old`
  const moved = await rename(output, aside).then(
    () => true,
    () => false,
  )
  await rename(temporary, output)
  if (moved) await rm(aside, { recursive: true, force: true })
}
