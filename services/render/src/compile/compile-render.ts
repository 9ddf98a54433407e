import type { RenderPlan } from '@flatrender/contracts/engine'
import type { ChosenOutput } from '@flatrender/contracts/render'
import { openFonts } from '@flatrender/engine-fonts'
import {
  listNamedFiles,
  listStoryTexts,
  type MediaLibrary,
  type NamedFiles,
  type PlannedStory,
  planStory,
  type Story,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import { asEngineChoice } from '../output/read-output.ts'

/** All that decides a video. */
export interface CompiledRequest {
  readonly template: TemplatePackage
  readonly story: Story
  readonly output: ChosenOutput
  readonly library: MediaLibrary
  /** Names the code that will paint and encode. */
  readonly build: string
}

/** A compiled scene as it is stored, and the files that it names. */
export interface CompiledScene extends NamedFiles {
  readonly json: string
}

/** Everything decided, nothing stored. Plain data: it goes from one thread to another. */
export interface CompiledRender extends Pick<PlannedStory, 'sound' | 'texts' | 'timeline'> {
  readonly plan: RenderPlan
  /** One for each piece of the plan. */
  readonly scenes: readonly CompiledScene[]
}

/** Compiles and plans a video. Errors: those of fonts, of the timeline and of compiling, RANGE_INVALID. */
export async function compileRender({
  template,
  story,
  output,
  library,
  build,
}: CompiledRequest): Promise<CompiledRender> {
  const { format, range } = output
  const { plan, lotties, sound, texts, timeline } = planStory({
    template,
    story,
    format,
    media: library,
    ...(await openFonts(template, listStoryTexts(template, story, format))),
    output: asEngineChoice(output),
    ...(range && { range }),
    engine: build,
  })
  const scenes = plan.pieces.map(({ lottie: hash }) => {
    const { lottie, json } = lotties.get(hash)!
    return { json, ...listNamedFiles(lottie) }
  })
  return { plan, scenes, sound, texts, timeline }
}
