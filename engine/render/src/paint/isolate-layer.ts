import type { Layer, Lottie } from '@flatrender/engine-scene'

/**
 * The same Lottie with nothing visible but one layer. `way` holds the index of a layer at every level: in the
 * composition, then in the precomp that it refers to, and so on. Others are hidden, not removed: they may be parents.
 */
export function isolateLayer(lottie: Lottie, way: readonly number[]): Lottie {
  const assets = [...(lottie.assets ?? [])]
  const keepOne = (layers: readonly Layer[], depth: number): Layer[] =>
    layers.map((layer, index) => {
      if (index !== way[depth]) return { ...layer, hd: true }
      const at = depth + 1 < way.length ? assets.findIndex(({ id }) => id === layer.refId) : -1
      const asset = assets[at]
      if (asset?.layers !== undefined) assets[at] = { ...asset, layers: keepOne(asset.layers, depth + 1) }
      return layer
    })
  const layers = keepOne(lottie.layers, 0)
  return { ...lottie, layers, assets }
}
