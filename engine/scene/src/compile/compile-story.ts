import { type Rational, toNumber } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { copyJson } from '../lottie/copy-json.ts'
import type { Lottie } from '../lottie/lottie-json.ts'
import type { MediaLibrary } from '../media/media-info.ts'
import type { TemplatePackage } from '../package/template-package.ts'
import type { Story } from '../story/story.ts'
import { buildTimeline } from '../timeline/build-timeline.ts'
import type { Timeline } from '../timeline/timeline.ts'
import { addWatermark } from './add-watermark.ts'
import { type CompiledPiece, compilePiece } from './compile-piece.ts'
import { type CompiledScene, compileScene } from './compile-scene.ts'
import { createLottieReader, templateRate } from './lottie-reader.ts'
import type { TextFit, TextSetting } from './place-text.ts'

/** Everything that decides the pictures of a video, save their size in pixels. */
export interface StorySource {
  readonly template: TemplatePackage
  readonly story: Story
  readonly format: string
  /** Of the output. */
  readonly fps: Rational
  readonly media: MediaLibrary
  readonly text: TextSetting
}

/** Fit of one text in one scene of the story. */
export interface SceneTextFit extends TextFit {
  readonly scene: string
  readonly sceneIndex: number
}

/** A story on its timeline, whose pieces are compiled as they are asked for. */
export interface OpenedStory {
  readonly width: number
  readonly height: number
  readonly timeline: Timeline
  /** Compiles a piece of the timeline; its scenes are compiled once. */
  compilePiece(index: number): CompiledPiece
  /** How the texts of a scene came out. */
  textsOf(scene: number): SceneTextFit[]
}

/** A story of which every piece is compiled. */
export interface CompiledStory {
  readonly width: number
  readonly height: number
  readonly timeline: Timeline
  readonly pieces: readonly CompiledPiece[]
  readonly texts: readonly SceneTextFit[]
}

/** Lays a story on its timeline. Errors: TEMPLATE_FORMAT_UNKNOWN, and those of the timeline; compiling has its own. */
export function openStory(source: StorySource): OpenedStory {
  const { story, media, fps, template } = source
  const { manifest } = template
  const size = manifest.formats[source.format]
  if (size === undefined) {
    throw new FlatRenderError('TEMPLATE_FORMAT_UNKNOWN', {
      template: manifest.id,
      format: source.format,
      known: Object.keys(manifest.formats),
    })
  }
  const lottieOf = createLottieReader(template, source.format)
  const timeline = buildTimeline(story, (scene) => lottieOf(scene).lottie, media, templateRate(template), fps)
  const compiled = new Map<number, CompiledScene>()
  const sceneAt = (index: number): CompiledScene => {
    const known = compiled.get(index)
    if (known !== undefined) return known
    const { resolved, frames, map } = timeline.scenes[index]!
    const { lottie, file } = lottieOf(resolved)
    const scene = compileScene({
      lottie: copyJson(lottie),
      file,
      files: template.files,
      resolved,
      palette: story.palette,
      media,
      clock: { frames, step: timeline.step, fps: toNumber(fps), map },
      text: source.text,
    })
    compiled.set(index, scene)
    return scene
  }
  const watermarked = (lottie: Lottie): Lottie => {
    const picture = story.watermark && media.get(story.watermark.src)
    return story.watermark && picture?.kind === 'picture'
      ? addWatermark(lottie, story.watermark, picture)
      : lottie
  }
  return {
    ...size,
    timeline,
    compilePiece: (index) => compilePiece(timeline.pieces[index]!, { timeline, sceneAt, watermarked }),
    textsOf: (sceneIndex) =>
      sceneAt(sceneIndex).texts.map((text) => ({
        ...text,
        scene: story.scenes[sceneIndex]!.scene.id,
        sceneIndex,
      })),
  }
}

/** Compiles a whole story. Errors: those of opening it, and of its scenes. */
export function compileStory(source: StorySource): CompiledStory {
  const { width, height, timeline, compilePiece: compile, textsOf } = openStory(source)
  const pieces = timeline.pieces.map((_, index) => compile(index))
  const texts = timeline.scenes.flatMap((_, index) => textsOf(index))
  return { width, height, timeline, pieces, texts }
}
