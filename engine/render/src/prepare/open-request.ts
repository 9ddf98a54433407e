import type { Rational } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SlotValue } from '@flatrender/contracts/template'
import {
  listStoryTexts,
  type OpenedStory,
  openStory,
  readModifications,
  resolveStory,
  type Story,
  type TemplatePackage,
  templateRate,
  withFlatValues,
} from '@flatrender/engine-scene'
import { type GatheredMedia, gatherMedia } from '../media/gather-media.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { openFonts } from './open-fonts.ts'

/** A template and what somebody wants in it. */
export interface StoryRequest {
  readonly template: TemplatePackage
  /** Parsed JSON of modifications, in full or flat. */
  readonly modifications: unknown
  /** Values over it, by `slot`, `scene.slot` or `scene#2.slot`. */
  readonly values?: Readonly<Record<string, SlotValue>>
  /** Where relative paths of media start. */
  readonly mediaFolder: string
  /** Absent: the template's first. */
  readonly format?: string
}

/** The story on its timeline, with its files found; nothing is compiled yet. */
export interface OpenedRequest {
  readonly story: Story
  readonly format: string
  readonly media: GatheredMedia
  readonly opened: OpenedStory
}

/**
 * Reads and checks a request. `fps` is the output's; absent, the template's.
 * Errors: those of modifications, media, fonts and timeline; several problems of a story come as one AggregateError of
 * FlatRenderErrors.
 */
export async function openRequest(
  request: StoryRequest,
  workspace: Workspace,
  fps?: Rational,
): Promise<OpenedRequest> {
  const { template, mediaFolder } = request
  const story = resolveRequest(request)
  const formats = Object.keys(template.manifest.formats)
  const format = request.format ?? formats[0]!
  if (!formats.includes(format)) {
    throw new FlatRenderError('TEMPLATE_FORMAT_UNKNOWN', {
      template: template.manifest.id,
      format,
      known: formats,
    })
  }
  const media = await gatherMedia(story, { folder: mediaFolder, files: template.files, workspace })
  const fonts = await openFonts(template, listStoryTexts(template, story, format))
  const opened = openStory({
    template,
    story,
    format,
    fps: fps ?? templateRate(template),
    media: media.library,
    text: { ...fonts, ...(story.language !== undefined && { language: story.language }) },
  })
  return { story, format, media, opened }
}

/** Checks a request's values and fills in every default; no file is looked at. Errors: those of modifications. */
export function resolveRequest({ template, modifications, values }: StoryRequest): Story {
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
