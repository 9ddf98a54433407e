import type { Layer, Lottie } from '@flatrender/engine-scene'

type Asset = NonNullable<Lottie['assets']>[number]

/** Lottie's layer that moves others and shows nothing itself. */
const NULL_LAYER = 3

/**
 * The same Lottie with nothing visible but one layer. `way` holds the index of a layer at every level: in the
 * composition, then in the precomp that it refers to, and so on. Others stay as what they may be to it: parents.
 */
export function isolateLayer(lottie: Lottie, way: readonly number[]): Lottie {
  const assets = [...(lottie.assets ?? [])]
  const keepOne = (layers: readonly Layer[], depth: number): Layer[] =>
    layers.map((layer, index) => {
      if (index !== way[depth]) return asNull(layer)
      const at = depth + 1 < way.length ? assets.findIndex(({ id }) => id === layer.refId) : -1
      const asset = assets[at]
      if (asset?.layers !== undefined) assets[at] = { ...asset, layers: keepOne(asset.layers, depth + 1) }
      return layer
    })
  const layers = keepOne(lottie.layers, 0)
  return { ...lottie, layers, assets: keepUsed(layers, assets) }
}

/** Heavy animations are mostly what other layers show: a player need not read that. */
function keepUsed(layers: readonly Layer[], assets: readonly Asset[]): Asset[] {
  const used = new Set<string>()
  const visit = (inner: readonly Layer[]): void => {
    for (const { refId } of inner) {
      if (refId === undefined || used.has(refId)) continue
      used.add(refId)
      visit(assets.find(({ id }) => id === refId)?.layers ?? [])
    }
  }
  visit(layers)
  return assets.filter(({ id }) => used.has(id))
}

/** Pictures that only hidden layers show need not even be opened. */
function asNull({ ind, parent, ip, op, st, ks, ao, ddd }: Layer): Layer {
  const moves = { ind, parent, ip, op, st, ks, ao, ddd }
  const given = Object.entries(moves).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(given), ty: NULL_LAYER } as Layer
}
