import type { Layer, Lottie } from '../lottie/lottie-json.ts'

/** Every layer of the composition and its precomps. */
export function allLayers(lottie: Lottie): Layer[] {
  return [...lottie.layers, ...(lottie.assets ?? []).flatMap((asset) => asset.layers ?? [])]
}
