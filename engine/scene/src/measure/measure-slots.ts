import type { Layer, Lottie } from '../lottie/lottie-json.ts'
import { applyMatrix, type Matrix } from '../lottie/matrix.ts'
import type { Box } from '../text/layout/text-layout.ts'
import { chainState, findChains, isCut, type LayerChain } from './layer-chain.ts'

/** A layer that shows a slot's value. */
export interface SlotLayer {
  readonly slot: string
  readonly kind: 'text' | 'media'
  readonly layer: Layer
  /** The part of it that is filled at a frame of its composition, in the layer's own pixels, and how opaque (0–1). */
  stateAt(frame: number): { readonly box: Box | undefined; readonly opacity: number }
}

/** Where a slot is seen in one frame. */
export interface SlotBox {
  readonly slot: string
  readonly kind: SlotLayer['kind']
  /** Index of its layer in the composition, then in the precomp that this one refers to, and so on. */
  readonly layer: readonly number[]
  /** Upright box around it, the composition's pixels; it may reach past the edges. */
  readonly box: Box
  /** 0–1. */
  readonly opacity: number
  /** A mask or matte may show less of it than the box. */
  readonly cut: boolean
}

/** Prepares to tell, for any frame of the composition, the boxes of its visible slots. */
export function createSlotMeter(
  lottie: Lottie,
  slotLayers: readonly SlotLayer[],
): (frame: number) => SlotBox[] {
  const seen = slotLayers.flatMap((slotLayer) =>
    findChains(lottie, slotLayer.layer).map((chain) => ({ slotLayer, chain, cut: isCut(chain) })),
  )
  return (frame) =>
    seen.flatMap(({ slotLayer, chain, cut }) => measure(slotLayer, chain, cut, frame, lottie.fr))
}

function measure(
  slotLayer: SlotLayer,
  chain: LayerChain,
  cut: boolean,
  frame: number,
  fr: number,
): SlotBox[] {
  const state = chainState(chain, frame, fr)
  if (state === undefined || state.opacity <= 0) return []
  const { box, opacity } = slotLayer.stateAt(state.frame)
  if (box === undefined || opacity <= 0 || box.width <= 0 || box.height <= 0) return []
  const { slot, kind } = slotLayer
  const layer = chain.map((link) => link.layers.indexOf(link.layer))
  return [{ slot, kind, layer, box: transformBox(state.matrix, box), opacity: state.opacity * opacity, cut }]
}

/** The upright box around a transformed box. */
export function transformBox(matrix: Matrix, { x, y, width, height }: Box): Box {
  const corners = [
    applyMatrix(matrix, x, y),
    applyMatrix(matrix, x + width, y),
    applyMatrix(matrix, x, y + height),
    applyMatrix(matrix, x + width, y + height),
  ]
  const xs = corners.map(([cx]) => cx)
  const ys = corners.map(([, cy]) => cy)
  const left = Math.min(...xs)
  const top = Math.min(...ys)
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}
