import type { SlotValue } from '@flatrender/contracts/template'
import { openFonts } from '@flatrender/engine-fonts'
import {
  chooseFormat,
  listStoryTexts,
  requireStory,
  type Story,
  type StoryParts,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import { type GatheredMedia, gatherMedia } from '../media/gather-media.ts'
import type { Workshop } from '../workspace/workshop.ts'

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

/** All that compiling takes, and where the files lie. */
export interface OpenedRequest {
  readonly parts: StoryParts & { readonly format: string }
  readonly media: GatheredMedia
}

/**
 * Reads and checks a request, finds its files and opens its fonts.
 * Errors: those of modifications, media and fonts; several problems of a story come as one AggregateError of
 * FlatRenderErrors.
 */
export async function openRequest(request: StoryRequest, workshop: Workshop): Promise<OpenedRequest> {
  const { template, mediaFolder } = request
  const story = resolveRequest(request)
  const format = chooseFormat(template, request.format)
  const { workspace, pool } = workshop
  const media = await gatherMedia(story, { folder: mediaFolder, files: template.files, workspace, pool })
  const fonts = await openFonts(template, listStoryTexts(template, story, format))
  return { parts: { template, story, format, media: media.library, ...fonts }, media }
}

/** Checks a request's values and fills in every default; no file is looked at. Errors: those of modifications. */
export function resolveRequest({ template, modifications, values }: StoryRequest): Story {
  return requireStory(template.manifest, modifications, values)
}
