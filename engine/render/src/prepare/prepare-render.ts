import type { VideoSettings } from '@flatrender/contracts/engine'
import {
  type CompiledPiece,
  type Lottie,
  type PackageFiles,
  planSound,
  type SceneTextFit,
  templateRate,
} from '@flatrender/engine-scene'
import type { FrameRange } from '../plan/cut-segments.ts'
import { engineBuild } from '../plan/engine-build.ts'
import { hashJson } from '../plan/hash-plan.ts'
import { makePlan, type PieceDraft } from '../plan/make-plan.ts'
import type { RenderPlan } from '../plan/plan.ts'
import { type PlannedSound, resolveSound } from '../sound/planned-sound.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { chooseChecks } from './choose-checks.ts'
import { chooseRange } from './choose-range.ts'
import { openRequest, type StoryRequest } from './open-request.ts'
import { chooseRate, chooseSettings, type OutputChoice } from './output-choice.ts'

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
  readonly lotties: ReadonlyMap<string, { readonly lottie: Lottie; readonly json: string }>
  /** SHA-256 of a person's file → where it is. */
  readonly fileOfHash: ReadonlyMap<string, string>
  readonly files: PackageFiles
  readonly sound: PlannedSound | undefined
  /** How the texts came out. */
  readonly texts: readonly SceneTextFit[]
  /** Pictures that a plain animation names and that are not beside it; they stay unpainted. */
  readonly missing: readonly string[]
}

/** Reads, checks, compiles and plans. Errors: those of `openRequest`, of compiling, and of the output's settings. */
export async function prepareRender(request: RenderRequest, workspace: Workspace): Promise<PreparedRender> {
  const { template, output } = request
  const fps = chooseRate(output, templateRate(template))
  const { story, media, opened } = await openRequest(request, workspace, fps)
  const { timeline } = opened
  const settings = chooseSettings(output, opened, fps)
  const range = chooseRange(request.range, timeline.frames, fps)
  const seconds = (frames: number) => (frames * fps.den) / fps.num
  const sound = await resolveSound(planSound(timeline, story, media.library), {
    media,
    template,
    workspace,
    ducking: story.ducking,
    seconds: seconds(timeline.frames),
    range: { start: seconds(range.from), end: seconds(range.to) },
  })
  const pieces = timeline.pieces.flatMap((piece, index) => {
    const wanted = overlap(piece.start, piece.frames, range)
    return wanted === undefined ? [] : [draftPiece(opened.compilePiece(index), wanted, opened, settings)]
  })
  const drafts = pieces.map(({ draft }) => draft)
  const plan = makePlan({
    engine: engineBuild(),
    container: output.container,
    settings,
    background: settings.alpha ? null : '#000000',
    pieces: drafts,
    audio: sound === undefined ? null : hashJson(sound.plan),
  })
  return {
    plan,
    lotties: new Map(
      plan.pieces.map(({ lottie: hash }, index) => [
        hash,
        { lottie: pieces[index]!.lottie, json: drafts[index]!.json },
      ]),
    ),
    fileOfHash: media.fileOfHash,
    files: template.files,
    sound,
    texts: timeline.scenes.flatMap((_, scene) => opened.textsOf(scene)),
    missing: [],
  }
}

/** The part of a piece that lies in the range, counted from the piece's beginning; undefined if none does. */
function overlap(start: number, frames: number, range: FrameRange): FrameRange | undefined {
  const from = Math.max(0, range.from - start)
  const to = Math.min(frames, range.to - start)
  return from < to ? { from, to } : undefined
}

function draftPiece(
  piece: CompiledPiece,
  wanted: FrameRange,
  canvas: { readonly width: number; readonly height: number },
  settings: VideoSettings,
): { draft: PieceDraft; lottie: Lottie } {
  const { name, step, still, lottie, length } = piece
  const range = { from: piece.from + wanted.from, to: piece.from + wanted.to }
  // As the painter fits a composition into another ratio: whole, in the middle.
  const scale = Math.min(settings.width / canvas.width, settings.height / canvas.height)
  const fit = {
    scale,
    x: (settings.width - canvas.width * scale) / 2,
    y: (settings.height - canvas.height * scale) / 2,
  }
  const checks = chooseChecks(piece, range, canvas, fit)
  return { draft: { name, json: JSON.stringify(lottie), step, length, range, checks, still }, lottie }
}
