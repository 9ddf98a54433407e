import { applyMatrix, transformMatrix } from '../../lottie/matrix.ts'
import { measureInk } from '../layout/measure-ink.ts'
import type { Box, TextLayout } from '../layout/text-layout.ts'
import type { BakedText } from './bake-units.ts'
import type { UnitState } from './evaluate-animators.ts'

/** Less opacity than this is not seen. */
const VISIBLE = 0.004

/** The box around a text's painted units at a frame, in the layer's pixels, and the greatest of their opacities. */
export function stateAt(
  layout: TextLayout,
  baked: BakedText,
  frame: number,
): { readonly box: Box | undefined; readonly opacity: number } {
  const index = Math.min(Math.max(Math.round(frame - baked.first), 0), baked.frames.length - 1)
  const states = baked.frames[index] ?? []
  let opacity = 0
  const corners: [number, number][] = []
  for (const unit of layout.units) {
    const state = states[unit.index]
    const ink = state === undefined ? undefined : measureInk([unit], layout.size)
    if (state === undefined || ink === undefined) continue
    const seen = state.opacity * Math.max(state.fillOpacity, state.strokeOpacity)
    if (seen < VISIBLE || state.scaleX === 0 || state.scaleY === 0) continue
    opacity = Math.max(opacity, seen)
    corners.push(...cornersOf(ink, state))
  }
  if (corners.length === 0) return { box: undefined, opacity: 0 }
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return {
    box: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y },
    opacity: Math.min(opacity, 1),
  }
}

function cornersOf({ x, y, width, height }: Box, state: UnitState): [number, number][] {
  const matrix = transformMatrix(
    {
      a: { k: [state.pivotX, state.pivotY] },
      p: { k: [state.placeX, state.placeY] },
      s: { k: [state.scaleX * 100, state.scaleY * 100] },
      r: { k: state.rotation },
    },
    0,
  )
  return [
    applyMatrix(matrix, x, y),
    applyMatrix(matrix, x + width, y),
    applyMatrix(matrix, x, y + height),
    applyMatrix(matrix, x + width, y + height),
  ]
}
