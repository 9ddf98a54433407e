import { setImmediate } from 'node:timers/promises'
import type { ChosenOutput } from '@flatrender/contracts/render'
import { openFonts } from '@flatrender/engine-fonts'
import {
  listStoryTexts,
  type MediaLibrary,
  type PlannedStory,
  planInSteps,
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

/** Compiles and plans a video; between its pieces others have their turn. Errors: those of fonts, of the timeline and of compiling, RANGE_INVALID. */
export async function compileRender({
  template,
  story,
  output,
  library,
  build,
}: CompiledRequest): Promise<PlannedStory> {
  const { format, range } = output
  const steps = planInSteps({
    template,
    story,
    format,
    media: library,
    ...(await openFonts(template, listStoryTexts(template, story, format))),
    output: asEngineChoice(output),
    ...(range && { range }),
    engine: build,
  })
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
    await setImmediate()
  }
}
