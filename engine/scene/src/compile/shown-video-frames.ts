import type { Asset, Layer, Lottie } from '../lottie/lottie-json.ts'
import { chainState, findChains } from '../measure/layer-chain.ts'
import { allLayers } from './all-layers.ts'
import { parseAssetName } from './asset-name.ts'

/** Names of the video frames that a compiled Lottie shows at these frames of its own time. */
export function findShownVideoFrames(lottie: Lottie, frames: readonly number[]): Set<string> {
  const names = frameAssets(lottie)
  const shown = new Set<string>()
  for (const { id, layers = [] } of lottie.assets ?? []) {
    const pictures = layers.filter(({ refId = '' }) => names.has(refId))
    if (pictures.length === 0) continue
    for (const local of timesInside(lottie, id, frames)) {
      for (const { refId = '', ip, op } of pictures) {
        if (local >= ip && local < op) shown.add(names.get(refId)!)
      }
    }
  }
  return shown
}

/** The same Lottie without the video frames that are not in `kept`; a player opens every picture it is given. */
export function dropVideoFrames(lottie: Lottie, kept: ReadonlySet<string>): Lottie {
  const names = frameAssets(lottie)
  const isDropped = (id: string | undefined) => id !== undefined && names.has(id) && !kept.has(names.get(id)!)
  const assets = (lottie.assets ?? [])
    .filter(({ id }) => !isDropped(id))
    .map((asset: Asset) =>
      asset.layers === undefined
        ? asset
        : { ...asset, layers: asset.layers.filter(({ refId }: Layer) => !isDropped(refId)) },
    )
  return { ...lottie, assets }
}

/** Asset id → picture name, of video frames alone. */
function frameAssets(lottie: Lottie): Map<string, string> {
  const found = new Map<string, string>()
  for (const { id, p = '' } of lottie.assets ?? []) {
    if (parseAssetName(p)?.kind === 'frame') found.set(id, p)
  }
  return found
}

function timesInside(lottie: Lottie, assetId: string, frames: readonly number[]): number[] {
  const chains = allLayers(lottie)
    .filter(({ refId }) => refId === assetId)
    .flatMap((layer) => findChains(lottie, layer))
  return chains.flatMap((chain) =>
    frames.flatMap((frame) => {
      const state = chainState(chain, frame, lottie.fr)
      return state === undefined ? [] : [state.time]
    }),
  )
}
