import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SlotValue } from '@flatrender/contracts/template'
import {
  type CompiledPiece,
  type CompiledStory,
  compileStory,
  listStoryTexts,
  planSound,
  readModifications,
  resolveStory,
  type Story,
  type TemplatePackage,
  templateRate,
  withFlatValues,
} from '@flatrender/engine-scene'
import { type GatheredMedia, gatherMedia } from '../media/gather-media.ts'
import { engineBuild } from '../plan/engine-build.ts'
import { hashJson } from '../plan/hash-plan.ts'
import { makePlan, type PieceDraft } from '../plan/make-plan.ts'
import type { RenderPlan } from '../plan/plan.ts'
import { type PlannedSound, resolveSound } from '../sound/planned-sound.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { chooseChecks } from './choose-checks.ts'
import { chooseRange } from './choose-range.ts'
import { openFonts } from './open-fonts.ts'
import { chooseRate, chooseSettings, type OutputChoice } from './output-choice.ts'

/** What is wanted. */
export interface RenderRequest {
  readonly template: TemplatePackage
  /** Parsed JSON of modifications, in full or flat. */
  readonly modifications: unknown
  /** Values over it, by `slot`, `scene.slot` or `scene#2.slot`. */
  readonly values?: Readonly<Record<string, SlotValue>>
  /** Where relative paths of media start. */
  readonly mediaFolder: string
  /** Absent: the template's first. */
  readonly format?: string
  readonly output: OutputChoice
  /** Seconds of the video: from, to. Absent: all. */
  readonly range?: readonly [number, number]
}

/** Everything decided, nothing painted. */
export interface PreparedRender {
  readonly plan: RenderPlan
  /** SHA-256 → JSON of every compiled Lottie. */
  readonly lotties: ReadonlyMap<string, string>
  readonly compiled: CompiledStory
  readonly media: GatheredMedia
  readonly template: TemplatePackage
  readonly sound: PlannedSound | undefined
}

/**
 * Reads, checks, compiles and plans. Errors: those of modifications, media, templates and settings; several problems
 * of a story come as one AggregateError of FlatRenderErrors.
 */
export async function prepareRender(request: RenderRequest, workspace: Workspace): Promise<PreparedRender> {
  const { template, output } = request
  const story = resolveRequest(request)
  const format = request.format ?? Object.keys(template.manifest.formats)[0]!
  const media = await gatherMedia(story, { folder: request.mediaFolder, files: template.files, workspace })
  const fps = chooseRate(output, templateRate(template))
  const fonts = await openFonts(template, listStoryTexts(template, story, format))
  const compiled = compileStory({
    template,
    story,
    format,
    fps,
    media: media.library,
    text: { ...fonts, ...(story.language !== undefined && { language: story.language }) },
  })
  const settings = chooseSettings(output, compiled, fps)
  const range = chooseRange(request.range, compiled.timeline.frames, fps)
  const sound = await resolveSound(planSound(compiled.timeline, story, media.library), {
    media,
    template,
    workspace,
    seconds: (compiled.timeline.frames * fps.den) / fps.num,
    ducking: story.ducking,
    range: { start: (range.from * fps.den) / fps.num, end: (range.to * fps.den) / fps.num },
  })
  const drafts = compiled.pieces.flatMap((piece) => draftPiece(piece, range, compiled, settings))
  const plan = makePlan({
    engine: engineBuild(),
    container: output.container,
    settings,
    background: settings.alpha ? null : '#000000',
    pieces: drafts,
    audio: sound === undefined ? null : hashJson(sound.plan),
  })
  const lotties = new Map(plan.pieces.map(({ lottie }, index) => [lottie, drafts[index]!.json]))
  return { plan, lotties, compiled, media, template, sound }
}

function resolveRequest({ template, modifications, values }: RenderRequest): Story {
  const complete = readModifications(template.manifest, modifications)
  const { story, problems } = resolveStory(
    template.manifest,
    withFlatValues(template.manifest, complete, values ?? {}),
  )
  if (problems.length > 1)
    throw new AggregateError(problems, `${problems.length} problems in the modifications`)
  if (problems[0] !== undefined) throw problems[0]
  if (story === undefined)
    throw new FlatRenderError('DATA_INVALID', { path: 'the top', reason: 'it is no story' })
  return story
}

function draftPiece(
  piece: CompiledPiece,
  range: { from: number; to: number },
  { width, height }: CompiledStory,
  settings: { width: number; height: number },
): PieceDraft[] {
  const shift = piece.piece.start - piece.from
  const from = Math.max(piece.from, range.from - shift)
  const to = Math.min(piece.to, range.to - shift)
  if (from >= to) return []
  const scale = { x: settings.width / width, y: settings.height / height }
  const checks = chooseChecks(piece, { from, to }, { width, height }, scale)
  const { name, step, still } = piece
  return [{ name, json: JSON.stringify(piece.lottie), step, range: { from, to }, checks, still }]
}
