import type { Rational } from '@flatrender/contracts/engine'
import { type OpenedStory, openStory } from '../compile/compile-story.ts'
import { templateRate } from '../compile/lottie-reader.ts'
import type { MediaLibrary } from '../media/media-info.ts'
import type { TemplatePackage } from '../package/template-package.ts'
import type { Story } from '../story/story.ts'
import type { Font } from '../text/fonts/font.ts'
import { chooseFormat } from './choose-format.ts'

/** A story, and everything that compiling it takes. */
export interface StoryParts {
  readonly template: TemplatePackage
  readonly story: Story
  /** Absent: the template's first. */
  readonly format?: string
  /** Every file that the story names. */
  readonly media: MediaLibrary
  /** The template's fonts, opened, and ours for letters that they lack. */
  readonly fonts: readonly Font[]
  readonly fallbacks: readonly Font[]
}

/**
 * Lays a story on its timeline; `fps` is the output's, and the template's when absent.
 * Errors: TEMPLATE_FORMAT_UNKNOWN, and those of the timeline.
 */
export function openParts(parts: StoryParts, fps?: Rational): OpenedStory {
  const { template, story, media, fonts, fallbacks } = parts
  return openStory({
    template,
    story,
    format: chooseFormat(template, parts.format),
    fps: fps ?? templateRate(template),
    media,
    text: { fonts, fallbacks, ...(story.language !== undefined && { language: story.language }) },
  })
}
