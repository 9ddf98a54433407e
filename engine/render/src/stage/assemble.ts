import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type EncodedStream, muxVideo } from '@flatrender/engine-media'
import type { Segment } from '../cache/segment-file.ts'
import { writeFailure } from '../files/write-failure.ts'
import type { PlannedSegment, RenderPlan } from '../plan/plan.ts'

/** Everything that joining needs. */
export interface AssembleStage {
  readonly plan: RenderPlan
  /** Reads a segment back from the cache; paints it again if it is damaged or gone. */
  readonly read: (segment: PlannedSegment) => Promise<Segment>
  readonly sound: EncodedStream | undefined
  /** The file to write; for numbered pictures the folder. */
  readonly output: string
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Joins the segments with the sound, under a temporary name beside the output, then renames: nobody sees half a file.
 * Errors: SEGMENT_UNVERIFIED, OUTPUT_DISK_FULL, OUTPUT_FOLDER_MISSING, OUTPUT_UNWRITABLE.
 */
export async function assemble(stage: AssembleStage): Promise<void> {
  const { plan, output, sound, metadata } = stage
  const numbered = plan.container === 'png'
  const temporary = `${output}.${process.pid}.part`
  try {
    if (numbered) await mkdir(temporary, { recursive: false })
    await muxVideo({
      file: temporary,
      container: plan.container,
      settings: plan.settings,
      segments: readAll(stage),
      ...(sound && { audio: sound }),
      metadata,
    })
    if (numbered) await rm(output, { recursive: true, force: true })
    await rename(temporary, output)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw writeFailure(error, path.resolve(output))
  }
}

async function* readAll({
  plan,
  read,
}: AssembleStage): AsyncGenerator<{ startFrame: number; stream: EncodedStream }> {
  for (const segment of plan.segments)
    yield { startFrame: segment.start, stream: (await read(segment)).stream }
}
