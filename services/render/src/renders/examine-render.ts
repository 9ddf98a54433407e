import type { Call } from '@flatrender/contracts/call'
import { asSystem } from '@flatrender/contracts/call'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Standing } from '@flatrender/contracts/identity'
import type { ChosenOutput, Lane, OutputChoice } from '@flatrender/contracts/render'
import {
  chooseRange,
  openParts,
  requireStory,
  type Story,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import type { Render } from '../deps.ts'
import { type FoundMedia, findMedia } from '../inputs/find-media.ts'
import { assertLengthOfLane } from '../output/preview-bounds.ts'
import { readOutput } from '../output/read-output.ts'
import type { StoredPackage } from '../plans/stored-package.ts'
import { assertApi } from './assert-api.ts'
import { listFailures } from './describe-fault.ts'
import { quoteRender } from './quote-render.ts'
import { nameActor } from './sight.ts'

/** What somebody wants rendered. */
export interface RenderWish {
  readonly templateId: string
  readonly versionId: string
  readonly modifications: Readonly<Record<string, unknown>>
  readonly output: OutputChoice
  readonly lane: Lane
  readonly webhook?: string | undefined
}

/** What all that somebody has rendered of one version has in common. */
export interface RenderTerms {
  readonly standing: Standing
  readonly stored: StoredPackage
  readonly template: TemplatePackage
}

/** A wish that can be fulfilled, and all that was found out about it. */
export interface ExaminedRender extends RenderTerms {
  readonly story: Story
  readonly output: ChosenOutput
  readonly media: FoundMedia
  /** Of the video; where media aren't known yet, as if they made no scene longer. */
  readonly frames: number
  readonly credits: number
}

/**
 * Looks at everything that can be looked at before anything is made. Errors: those of the terms; those of modifications,
 * output, media and webhook, several of them as one AggregateError.
 */
export async function examineRender(render: Render, call: Call, wish: RenderWish): Promise<ExaminedRender> {
  return examineWish(render, call, await findTerms(render, call, wish), wish)
}

/**
 * Who pays, what their plan allows, and the template. Errors: PLAN_WITHOUT_API, VERSION_UNKNOWN, PACKAGE_DAMAGED,
 * CREDIT_ACCOUNT_UNKNOWN.
 */
export async function findTerms(
  render: Render,
  call: Call,
  { versionId }: Pick<RenderWish, 'versionId'>,
): Promise<RenderTerms> {
  const context = { context: asSystem(call) }
  const opened = openPackage(render, versionId, context)
  // It is waited for below, unless who asks may not.
  opened.catch(() => {})
  const standing = await render.identity.plans.standingOf(nameActor(call.actor), context)
  assertApi(call.actor, standing.plan)
  return { standing, ...(await opened) }
}

async function openPackage(
  render: Render,
  versionId: string,
  context: { readonly context: Call },
): Promise<Pick<RenderTerms, 'stored' | 'template'>> {
  const stored = await render.content.versions.packageOf({ versionId }, context)
  return { stored, template: await render.templates.take(stored) }
}

/**
 * The same under terms that are known. Errors: those of modifications, output, media and webhook, several of them as one
 * AggregateError.
 */
export async function examineWish(
  render: Render,
  call: Call,
  { standing, stored, template }: RenderTerms,
  wish: RenderWish,
): Promise<ExaminedRender> {
  const failures: FlatRenderError[] = []
  const attempt = async <Result>(work: () => Result | Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work()
    } catch (error) {
      const found = listFailures(error)
      if (found.length === 0) throw error
      failures.push(...found)
      return undefined
    }
  }
  const { webhook, lane } = wish
  if (webhook !== undefined) await attempt(() => render.outbound.assertCallable(webhook))
  const story = await attempt(() => requireStory(template.manifest, wish.modifications))
  const output = await attempt(() => readOutput(template, wish.output, { plan: standing.plan, lane }))
  const media =
    story &&
    (await attempt(() => findMedia(render, call, { story, stored, template, ownerId: standing.ownerId })))
  const frames =
    story && output && media && (await attempt(() => countFrames({ template, story, output, media })))
  if (frames !== undefined) await attempt(() => assertLengthOfLane(lane, output!, frames))
  const [first, ...others] = failures
  if (first !== undefined)
    throw others.length > 0 ? new AggregateError(failures, 'a render with faults') : first
  if (story === undefined || output === undefined || media === undefined || frames === undefined)
    throw new FlatRenderError('DATA_INVALID', { path: 'the top', reason: 'it is no story' })
  return {
    standing,
    stored,
    template,
    story,
    output,
    media,
    frames,
    credits: quoteRender({ ...output, frames }),
  }
}

/** Frames of the video. Errors: those of the timeline, RANGE_INVALID. */
function countFrames({
  template,
  story,
  output,
  media,
}: Pick<ExaminedRender, 'template' | 'story' | 'output' | 'media'>): number {
  const { format, fps, range } = output
  const parts = { template, story, format, media: media.library, fonts: [], fallbacks: [] }
  const { frames } = openParts(parts, fps).timeline
  // What isn't known yet may make it long enough.
  if (range === null || !media.complete) return frames
  const { from, to } = chooseRange(range, frames, fps)
  return to - from
}
