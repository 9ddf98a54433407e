import path from 'node:path'
import type { Manifest, SlotValue } from '@flatrender/contracts/template'
import { isAddress } from '@flatrender/engine-render'
import { readModifications } from '@flatrender/engine-scene'

type Values = Readonly<Record<string, SlotValue>>

/**
 * The slots of a story that take a picture or a video, as `slot` and `scene.slot`. Errors: those of
 * `readModifications`.
 */
export function listMediaSlots(manifest: Manifest, modifications: unknown): ReadonlySet<string> {
  const shown = new Set(readModifications(manifest, modifications).scenes.map(({ scene }) => scene))
  return new Set(
    manifest.scenes
      .filter(({ id }) => shown.has(id))
      .flatMap(({ id, slots }) =>
        Object.entries(slots)
          .filter(([, { type }]) => type === 'image' || type === 'media')
          .flatMap(([slot]) => [slot, `${id}.${slot}`]),
      ),
  )
}

/** Makes the paths among values absolute: relative ones start at a folder. */
export function placeMedia(values: Values, mediaSlots: ReadonlySet<string>, folder: string): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const isMedia = mediaSlots.has(key.replace(/#\d+\./, '.'))
      return [key, isMedia ? placeValue(value, folder) : value]
    }),
  )
}

function placeValue(value: SlotValue, folder: string): SlotValue {
  if (typeof value === 'string') return placePath(value, folder)
  return typeof value === 'object' && value !== null && 'src' in value && typeof value.src === 'string'
    ? { ...value, src: placePath(value.src, folder) }
    : value
}

/** `package:…` is the template's own file; an address is refused by name; and nothing is no folder. */
function placePath(src: string, folder: string): string {
  return src === '' || isAddress(src) ? src : path.resolve(folder, src)
}
