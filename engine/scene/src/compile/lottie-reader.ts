import { parseRational, type Rational } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Lottie } from '../lottie/lottie-json.ts'
import { readLottie } from '../package/read-lottie.ts'
import type { TemplatePackage } from '../package/template-package.ts'
import type { ResolvedScene } from '../story/story.ts'

/** The template's frame rate, exact. */
export function templateRate({ manifest }: TemplatePackage): Rational {
  const rate = parseRational(manifest.fps)
  if (rate === undefined) {
    throw new FlatRenderError('TEMPLATE_MANIFEST_INVALID', {
      template: manifest.id,
      path: 'fps',
      reason: 'it is no frame rate',
    })
  }
  return rate
}

/** Reads each animation once. */
export function createLottieReader(
  { manifest, files }: TemplatePackage,
  format: string,
): (scene: ResolvedScene) => { lottie: Lottie; file: string } {
  const read = new Map<string, { lottie: Lottie; file: string }>()
  return ({ scene }) => {
    const known = read.get(scene.id)
    if (known !== undefined) return known
    const file = scene.animations[format]
    const bytes = file === undefined ? undefined : files.get(file)
    if (file === undefined || bytes === undefined) {
      throw new FlatRenderError('TEMPLATE_FORMAT_UNKNOWN', {
        template: manifest.id,
        format,
        known: Object.keys(manifest.formats),
      })
    }
    const entry = { lottie: readLottie(bytes, file), file }
    read.set(scene.id, entry)
    return entry
  }
}
