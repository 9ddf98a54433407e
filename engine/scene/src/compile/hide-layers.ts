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
  if (!layers.includes(layer)) return
  const matte = matteOf(layers, layer)
  // What a hidden matte would have cut is seen whole.
  for (const other of layers.filter((other) => matteOf(layers, other) === layer)) {
    delete other.tt
    delete other.tp
  }
  if (isParent(layers, layer)) {
    layer.hd = true
    delete layer.td
    return
  }
  layers.splice(layers.indexOf(layer), 1)
  if (
    matte === undefined ||
    isParent(layers, matte) ||
    layers.some((other) => other.tp !== undefined && other.tp === matte.ind)
  )
    return
  layers.splice(layers.indexOf(matte), 1)
}

function isParent(layers: readonly Layer[], layer: Layer): boolean {
  return layer.ind !== undefined && layers.some(({ parent }) => parent === layer.ind)
}

function matteOf(layers: readonly Layer[], layer: Layer): Layer | undefined {
  if (layer.tt === undefined || layer.tt === 0) return undefined
  if (layer.tp !== undefined) return layers.find(({ ind }) => ind === layer.tp)
  return layers[layers.indexOf(layer) - 1]
}
