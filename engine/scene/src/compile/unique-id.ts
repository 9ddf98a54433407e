import type { Asset } from '../lottie/lottie-json.ts'

/** The id, or with as many `_` before it as it takes to be no asset's already. */
export function uniqueId(wanted: string, assets: readonly Asset[] = []): string {
  let id = wanted
  while (assets.some((asset) => asset.id === id)) id = `_${id}`
  return id
}
