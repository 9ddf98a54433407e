import {
  buildTimeline,
  createLottieReader,
  resolveStory,
  type TemplatePackage,
  templateRate,
} from '@flatrender/engine-scene'

/**
 * Seconds of a template's first preset, in its first format; where a scene lasts as long as a video in it, as long as
 * designed. Errors: those of the story, if the preset is none.
 */
export function measurePreset(template: TemplatePackage): number {
  const { manifest } = template
  const { story, problems } = resolveStory(manifest, manifest.presets[0]!.story)
  if (story === undefined)
    throw new AggregateError(problems, `the first preset of ${manifest.id} is no story`)
  const rate = templateRate(template)
  const lottieOf = createLottieReader(template, Object.keys(manifest.formats)[0]!)
  const { frames } = buildTimeline(story, (scene) => lottieOf(scene).lottie, new Map(), rate, rate)
  return (frames * rate.den) / rate.num
}
