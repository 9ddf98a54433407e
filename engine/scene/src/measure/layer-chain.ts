import { evaluateScalar } from '../lottie/evaluate-property.ts'
import { type Layer, type Lottie, layerTypes } from '../lottie/lottie-json.ts'
import { IDENTITY, type Matrix, multiply, transformMatrix } from '../lottie/matrix.ts'

/** A layer with the list that it stands in; parents are looked up there. */
export interface ChainLink {
  readonly layers: readonly Layer[]
  readonly layer: Layer
}

/** From the composition's own layer down through precomps to the layer that is meant. */
export type LayerChain = readonly ChainLink[]

const DEEPEST = 32

/** Every way from the top to the layer: a precomp that is used twice shows its layers twice. */
export function findChains(lottie: Lottie, wanted: Layer): LayerChain[] {
  const inner = new Map(
    (lottie.assets ?? []).flatMap(({ id, layers }) => (layers === undefined ? [] : [[id, layers] as const])),
  )
  const search = (layers: readonly Layer[], above: LayerChain): LayerChain[] =>
    above.length > DEEPEST
      ? []
      : layers.flatMap((layer) => {
          const chain = [...above, { layers, layer }]
          if (layer === wanted) return [chain]
          const below =
            layer.ty === layerTypes.precomp && layer.refId !== undefined ? inner.get(layer.refId) : undefined
          return below === undefined ? [] : search(below, chain)
        })
  return search(lottie.layers, [])
}

/** How a layer stands on the canvas at a frame. */
export interface LayerState {
  /** From the layer's pixels to the composition's. */
  readonly matrix: Matrix
  /** 0–1, over the whole chain. */
  readonly opacity: number
  /** Time of the composition that the layer stands in, frames. */
  readonly frame: number
  /** Time inside the layer: that of the precomp it refers to. */
  readonly time: number
}

/** Undefined while any layer of the chain doesn't show. `frame` is in the composition's time. */
export function chainState(chain: LayerChain, frame: number, fr: number): LayerState | undefined {
  let matrix = IDENTITY
  let opacity = 1
  let time = frame
  let outer = frame
  for (const { layers, layer } of chain) {
    if (layer.hd === true || time < layer.ip || time >= layer.op) return undefined
    outer = time
    matrix = multiply(matrix, layerMatrix(layers, layer, time))
    opacity *= evaluateScalar(layer.ks.o, time, 100) / 100
    time =
      layer.tm === undefined ? (time - layer.st) / (layer.sr ?? 1) : evaluateScalar(layer.tm, time, 0) * fr
  }
  return { matrix, opacity, frame: outer, time }
}

/** Does anything on the way cut away parts of the layer that its box doesn't know of? */
export function isCut(chain: LayerChain): boolean {
  return chain.some(
    ({ layer }) => (layer.tt ?? 0) !== 0 || (layer.td ?? 0) !== 0 || (layer.masksProperties?.length ?? 0) > 0,
  )
}

function layerMatrix(layers: readonly Layer[], layer: Layer, frame: number): Matrix {
  let matrix = transformMatrix(layer.ks, frame)
  let parent = layer.parent
  for (let depth = 0; parent !== undefined && depth < DEEPEST; depth++) {
    const above = layers.find(({ ind }) => ind === parent)
    if (above === undefined) break
    matrix = multiply(transformMatrix(above.ks, frame), matrix)
    parent = above.parent
  }
  return matrix
}
