import type { Composition, MatteMode } from './layer.ts'
import { maskProperties } from './mask.ts'
import type { JsonObject } from './property.ts'
import { layerTransform } from './transform.ts'

const matteModes = {
  alpha: 1,
  'inverted alpha': 2,
  luma: 3,
  'inverted luma': 4,
} as const satisfies Record<MatteMode, number>

/**
 * Numbers a composition's layers and writes them front to back, as Lottie wants them; a matte stands right
 * before the layer that it cuts. Parents are found by object.
 */
export function writeLayers({ id, layers }: Composition, frames: number): JsonObject[] {
  const ordered = [...layers]
    .reverse()
    .flatMap((layer) => (layer.matte ? [layer.matte.layer, layer] : [layer]))
  const numbers = new Map(ordered.map((layer, index) => [layer, index + 1]))
  if (numbers.size !== ordered.length) throw new Error(`${id}: a layer is listed twice`)
  const names = new Set<string>()
  return ordered.map((layer) => {
    if (names.has(layer.name)) throw new Error(`${id}: two layers are called ${layer.name}`)
    names.add(layer.name)
    const parent = layer.parent && numbers.get(layer.parent)
    if (layer.parent && parent === undefined) throw new Error(`${id}: ${layer.parent.name} is not in it`)
    const isMatte = ordered.some((other) => other.matte?.layer === layer)
    return {
      ddd: 0,
      ind: numbers.get(layer)!,
      ty: layer.type,
      nm: layer.name,
      sr: 1,
      ...(parent === undefined ? {} : { parent }),
      ...(isMatte ? { td: 1 } : {}),
      ...(layer.matte ? { tt: matteModes[layer.matte.mode], tp: numbers.get(layer.matte.layer)! } : {}),
      ...(layer.content ? { refId: layer.content.id } : {}),
      ...(layer.image ? { refId: layer.image.id } : {}),
      ks: layerTransform(layer.transform),
      ao: 0,
      ...(layer.masks ? { hasMask: true, masksProperties: layer.masks.map(maskProperties) } : {}),
      ...layer.body,
      ip: layer.in ?? 0,
      op: layer.out ?? frames,
      st: layer.start ?? 0,
      bm: 0,
    }
  })
}
