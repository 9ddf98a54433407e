import { toNumber } from '@flatrender/contracts/engine'
import type { ManifestScene } from '@flatrender/contracts/template'
import { readLottie, type TemplatePackage, templateRate } from '@flatrender/engine-scene'

/** How long a scene lasts, in frames at the template's rate; null: no bound. */
export interface SceneLength {
  readonly designed: number
  readonly min: number | null
  readonly max: number | null
}

/** How long each scene lasts as its manifest says, else as its animation is. Errors: LOTTIE_INVALID. */
export function measureScenes(template: TemplatePackage): SceneLength[] {
  const rate = toNumber(templateRate(template))
  const toFrames = (seconds: number | undefined) =>
    seconds === undefined ? undefined : Math.max(1, Math.round(seconds * rate))
  return template.manifest.scenes.map((scene) => {
    const { duration } = scene
    const [min, max] = [toFrames(duration.min), toFrames(duration.max)]
    const designed = toFrames(duration.default ?? naturalSeconds(template, scene))!
    // An animation may be longer or shorter than its scene may be.
    const bounded = Math.min(Math.max(designed, min ?? 1), max ?? designed)
    return { designed: bounded, min: min ?? null, max: max ?? null }
  })
}

function naturalSeconds({ manifest, files }: TemplatePackage, { animations }: ManifestScene): number {
  const path = animations[Object.keys(manifest.formats)[0]!]!
  const { ip, op, fr } = readLottie(files.get(path)!, path)
  return (op - ip) / fr
}
