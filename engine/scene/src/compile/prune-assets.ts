import type { Asset, Layer, Lottie } from '../lottie/lottie-json.ts'

/** Drops assets that nothing shows any more, and all that only an author or a slot needs. */
export function pruneLottie(lottie: Lottie): void {
  for (const key of ['slots', 'markers', 'fonts', 'chars', 'meta', 'metadata', 'props']) delete lottie[key]
  const byId = new Map((lottie.assets ?? []).map((asset) => [asset.id, asset]))
  const used = new Set<Asset>()
  const visit = (layers: readonly Layer[]): void => {
    for (const { refId } of layers) {
      const asset = refId === undefined ? undefined : byId.get(refId)
      if (asset === undefined || used.has(asset)) continue
      used.add(asset)
      visit(asset.layers ?? [])
    }
  }
  visit(lottie.layers)
  lottie.assets = (lottie.assets ?? []).filter((asset) => used.has(asset))
}
