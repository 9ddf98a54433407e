import { type Layer, type Lottie, layerTypes } from '../lottie/lottie-json.ts'

/** A list of layers and one of them. */
export interface LayerPlace {
  readonly layers: Layer[]
  readonly layer: Layer
}

/** Every layer at a path like `Card/Badge` or `Card/#3`, from the composition down through its precomps. */
export function findLayers(lottie: Lottie, path: string): LayerPlace[] {
  return descend(lottie, lottie.layers, path.split('/'), new Set())
}

function descend(
  lottie: Lottie,
  layers: Layer[],
  path: readonly string[],
  seen: ReadonlySet<string>,
): LayerPlace[] {
  const [name, ...rest] = path
  const found = layers.filter((layer) => layer.nm === name || `#${layer.ind}` === name)
  if (rest.length === 0) return found.map((layer) => ({ layers, layer }))
  return found.flatMap((layer) => {
    if (layer.ty !== layerTypes.precomp || layer.refId === undefined || seen.has(layer.refId)) return []
    const inner = lottie.assets?.find((asset) => asset.id === layer.refId)?.layers
    return inner === undefined ? [] : descend(lottie, inner, rest, new Set([...seen, layer.refId]))
  })
}
