import { parseRational, type Rational, toNumber } from '@flatrender/contracts/engine'
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

/** Frames a second that an animation's rate may lie beside the template's: exporters round 30000/1001. */
const RATE_TOLERANCE = 0.01

function assertRate({ fr }: Lottie, rate: Rational, path: string, template: string): void {
  if (Math.abs(fr - toNumber(rate)) <= RATE_TOLERANCE) return
  const reason = `it has ${fr} frames a second, and the template ${Number(toNumber(rate).toFixed(3))}`
  throw new FlatRenderError('TEMPLATE_MANIFEST_INVALID', { template, path, reason })
}

/** Reads each animation once. Errors: LOTTIE_INVALID, TEMPLATE_FORMAT_UNKNOWN, TEMPLATE_MANIFEST_INVALID. */
export function createLottieReader(
  template: TemplatePackage,
  format: string,
): (scene: ResolvedScene) => { lottie: Lottie; file: string } {
  const { manifest, files } = template
  const rate = templateRate(template)
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
    assertRate(entry.lottie, rate, `scenes.${scene.id}.animations.${format}`, manifest.id)
    read.set(scene.id, entry)
    return entry
  }
}
