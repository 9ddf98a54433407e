import type { ManifestScene } from '@flatrender/contracts/template'
import type { Layer, Lottie } from '../lottie/lottie-json.ts'
import type { ResolvedValue } from '../story/story.ts'
import { findLayers, type LayerPlace } from './find-layers.ts'

/** Removes the layers that booleans and choices hide. */
export function hideLayers(
  lottie: Lottie,
  scene: ManifestScene,
  values: ReadonlyMap<string, ResolvedValue>,
): void {
  for (const path of hiddenPaths(scene, values)) {
    for (const place of findLayers(lottie, path)) remove(place)
  }
}

function hiddenPaths(scene: ManifestScene, values: ReadonlyMap<string, ResolvedValue>): string[] {
  return Object.entries(scene.slots).flatMap(([id, slot]) => {
    const value = values.get(id)
    if (slot.type === 'boolean') {
      const shown = value?.type === 'boolean' ? value.shown : slot.default
      return shown ? [] : slot.layers
    }
    if (slot.type === 'choice') {
      const option = value?.type === 'choice' ? value.option : slot.default
      const shown = new Set(slot.options[option]?.layers)
      return Object.values(slot.options).flatMap(({ layers }) => layers.filter((path) => !shown.has(path)))
    }
    return []
  })
}

/** Others may hang on a layer as on a parent: then it stays, unseen. A matte goes with what it cuts. */
function remove({ layers, layer }: LayerPlace): void {
  const at = layers.indexOf(layer)
  if (at < 0) return
  if (layers.some((other) => layer.ind !== undefined && other.parent === layer.ind)) {
    layer.hd = true
    return
  }
  const matte = matteOf(layers, layer)
  layers.splice(at, 1)
  const shared =
    matte !== undefined && layers.some((other) => matte.ind !== undefined && other.tp === matte.ind)
  if (matte !== undefined && !shared) layers.splice(layers.indexOf(matte), 1)
}

function matteOf(layers: readonly Layer[], layer: Layer): Layer | undefined {
  if (layer.tt === undefined || layer.tt === 0) return undefined
  if (layer.tp !== undefined) return layers.find(({ ind }) => ind === layer.tp)
  return layers[layers.indexOf(layer) - 1]
}
