import { parseAssetName } from '../compile/asset-name.ts'
import type { Lottie } from '../lottie/lottie-json.ts'

/** SHA-256 of the files that must be at hand to paint a compiled Lottie. */
export interface NamedFiles {
  /** People's pictures and videos. */
  readonly media: readonly string[]
  /** Pictures of the template's package. */
  readonly packaged: readonly string[]
}

/** The files that a compiled Lottie names, each once. */
export function listNamedFiles({ assets = [] }: Lottie): NamedFiles {
  const media = new Set<string>()
  const packaged = new Set<string>()
  for (const { p } of assets) {
    const name = p === undefined ? undefined : parseAssetName(p)
    if (name === undefined) continue
    if (name.kind === 'package') packaged.add(name.hash)
    else media.add(name.hash)
  }
  return { media: [...media], packaged: [...packaged] }
}
