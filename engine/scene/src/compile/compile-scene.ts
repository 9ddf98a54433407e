import type { Lottie } from '../lottie/lottie-json.ts'
import type { SlotLayer } from '../measure/measure-slots.ts'
import type { MediaLibrary } from '../media/media-info.ts'
import type { PackageFiles } from '../package/template-package.ts'
import type { ResolvedScene } from '../story/story.ts'
import { bindPackagedAssets } from './bind-packaged-assets.ts'
import { bindSlots } from './bind-slots.ts'
import { findTextSlots } from './find-text-slots.ts'
import { hideLayers } from './hide-layers.ts'
import type { SceneClock } from './local-times.ts'
import { placeMedia } from './place-media.ts'
import { placeText, type TextFit, type TextSetting } from './place-text.ts'
import { pruneLottie } from './prune-assets.ts'
import { wrapTime } from './wrap-time.ts'

/** Everything a scene is made of. */
export interface SceneSource {
  /** The animation as it lies in the package, to be changed: the caller's own copy. */
  readonly lottie: Lottie
  /** Its path, for errors. */
  readonly file: string
  readonly files: PackageFiles
  readonly resolved: ResolvedScene
  readonly palette: Readonly<Record<string, string>>
  readonly media: MediaLibrary
  readonly clock: SceneClock
  readonly text: TextSetting
}

/** A plain Lottie with nothing left to decide, and what was found on the way. */
export interface CompiledScene {
  readonly lottie: Lottie
  readonly slotLayers: readonly SlotLayer[]
  readonly texts: readonly TextFit[]
}

/**
 * Template scene and values → plain Lottie: slots resolved, palette applied, hidden parts removed, pictures named by
 * content, words laid out, time stretched. Pure: the same source gives the same JSON in a browser and in Node.
 * Errors: TEMPLATE_REFERENCE_OUTSIDE, TEMPLATE_FILE_MISSING.
 */
export function compileScene(source: SceneSource): CompiledScene {
  const { lottie, resolved, media, clock, text } = source
  hideLayers(lottie, resolved.scene, resolved.values)
  const textSlots = findTextSlots(lottie)
  bindSlots(lottie, resolved.values, source.palette)
  bindPackagedAssets(lottie, source.files, source.file)
  const placed = placeMedia(lottie, resolved.values, media, clock)
  const { texts, slotLayers } = placeText(lottie, textSlots, resolved, text)
  pruneLottie(lottie)
  return {
    lottie: wrapTime(lottie, clock.map),
    slotLayers: [
      ...slotLayers,
      ...placed.map(({ slot, layer, width, height }) => ({
        slot,
        kind: 'media' as const,
        layer,
        stateAt: () => ({ box: { x: 0, y: 0, width, height }, opacity: 1 }),
      })),
    ],
    texts,
  }
}
