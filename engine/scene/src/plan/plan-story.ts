import type { RenderPlan, VideoSettings } from '@flatrender/contracts/engine'
import type { CompiledPiece } from '../compile/compile-piece.ts'
import type { SceneTextFit } from '../compile/compile-story.ts'
import { templateRate } from '../compile/lottie-reader.ts'
import type { Lottie } from '../lottie/lottie-json.ts'
import { planSound } from '../timeline/plan-sound.ts'
import type { Timeline } from '../timeline/timeline.ts'
import { chooseChecks } from './choose-checks.ts'
import { chooseRange } from './choose-range.ts'
import type { FrameRange } from './cut-segments.ts'
import { hashJson } from './hash-json.ts'
import { makePlan, type PieceDraft } from './make-plan.ts'
import { type NamedSound, nameSound } from './name-sound.ts'
import { chooseRate, chooseSettings, type OutputChoice } from './output-choice.ts'
import { openParts, type StoryParts } from './story-parts.ts'

/** Everything that decides a video. */
export interface PlanRequest extends StoryParts {
  readonly output: OutputChoice
  /** Seconds of the video: from, to. Absent: all. */
  readonly range?: readonly [number, number]
  /** Names the code and libraries that will paint and encode. */
  readonly engine: string
}

/** A compiled Lottie, and the JSON of it that is hashed and painted. */
export interface CompiledLottie {
  readonly lottie: Lottie
  readonly json: string
}

/** Everything decided, nothing painted. */
export interface PlannedStory {
  readonly plan: RenderPlan
  /** SHA-256 → every compiled Lottie. */
  readonly lotties: ReadonlyMap<string, CompiledLottie>
  /** Undefined for silence. */
  readonly sound: NamedSound | undefined
  /** How the texts came out. */
  readonly texts: readonly SceneTextFit[]
  readonly timeline: Timeline
}

/**
 * Compiles and plans. The same request gives the same plan wherever it is made.
 * Errors: those of the timeline and of compiling, TEMPLATE_FORMAT_UNKNOWN, OUTPUT_SETTINGS_INVALID, RANGE_INVALID,
 * MEDIA_NOT_FOUND for a sound that the package lacks.
 */
export function planStory(request: PlanRequest): PlannedStory {
  const { template, story, media, output, engine } = request
  const fps = chooseRate(output, templateRate(template))
  const opened = openParts(request, fps)
  const { timeline } = opened
  const settings = chooseSettings(output, opened, fps)
  const range = chooseRange(request.range, timeline.frames, fps)
  const seconds = (frames: number) => (frames * fps.den) / fps.num
  const sound = nameSound(planSound(timeline, story, media), {
    media,
    files: template.files,
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
    engine,
    container: output.container,
    settings,
    background: settings.alpha ? null : '#000000',
    pieces: drafts,
    audio: sound === undefined ? null : hashJson(sound.plan),
  })
  const lotties = plan.pieces.map(({ lottie: hash }, index) => {
    const { lottie, draft } = pieces[index]!
    return [hash, { lottie, json: draft.json }] as const
  })
  return {
    plan,
    lotties: new Map(lotties),
    sound,
    texts: timeline.scenes.flatMap((_, scene) => opened.textsOf(scene)),
    timeline,
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
