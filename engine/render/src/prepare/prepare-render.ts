import type { RenderPlan } from '@flatrender/contracts/engine'
import {
  type CompiledLottie,
  type OutputChoice,
  type PackageFiles,
  planStory,
  type SceneTextFit,
} from '@flatrender/engine-scene'
import { engineBuild } from '../plan/engine-build.ts'
import { locateSound, type PlannedSound } from '../sound/planned-sound.ts'
import type { Workshop } from '../workspace/workshop.ts'
import { openRequest, type StoryRequest } from './open-request.ts'

/** What is wanted. */
export interface RenderRequest extends StoryRequest {
  readonly output: OutputChoice
  /** Seconds of the video: from, to. Absent: all. */
  readonly range?: readonly [number, number]
}

/** Everything decided, nothing painted. */
export interface PreparedRender {
  readonly plan: RenderPlan
  /** SHA-256 → every compiled Lottie. */
  readonly lotties: ReadonlyMap<string, CompiledLottie>
  /** SHA-256 of a person's file → where it is. */
  readonly fileOfHash: ReadonlyMap<string, string>
  readonly files: PackageFiles
  readonly sound: PlannedSound | undefined
  /** How the texts came out. */
  readonly texts: readonly SceneTextFit[]
  /** Pictures that a plain animation names and that are not beside it; they stay unpainted. */
  readonly missing: readonly string[]
}

/** Reads, checks, compiles and plans. Errors: those of `openRequest`, and of `planStory`. */
export async function prepareRender(request: RenderRequest, workshop: Workshop): Promise<PreparedRender> {
  const { output, range, template } = request
  const { parts, media } = await openRequest(request, workshop)
  const { plan, lotties, sound, texts } = planStory({
    ...parts,
    output,
    ...(range && { range }),
    engine: engineBuild(),
  })
  return {
    plan,
    lotties,
    fileOfHash: media.fileOfHash,
    files: template.files,
    sound:
      sound && (await locateSound(sound, { media, files: template.files, workspace: workshop.workspace })),
    texts,
    missing: [],
  }
}
