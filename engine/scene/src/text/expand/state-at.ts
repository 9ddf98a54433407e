import { applyMatrix, poseMatrix } from '../../lottie/matrix.ts'
import { measureInk } from '../layout/measure-ink.ts'
import type { Box, TextLayout } from '../layout/text-layout.ts'
import type { BakedText } from './bake-units.ts'
import type { UnitState } from './evaluate-animators.ts'

/** Less opacity than this is not seen. */
const VISIBLE = 0.004

/** The box of each unit's ink, by its layout: it is the same at all frames. */
const inks = new WeakMap<TextLayout, readonly (Box | undefined)[]>()

function inksOf(layout: TextLayout): readonly (Box | undefined)[] {
  const known = inks.get(layout) ?? layout.units.map((unit) => measureInk([unit], layout.size))
  inks.set(layout, known)
  return known
}

/** The box around a text's painted units at a frame, in the layer's pixels, and the greatest of their opacities. */
export function stateAt(
  layout: TextLayout,
  baked: BakedText,
  frame: number,
): { readonly box: Box | undefined; readonly opacity: number } {
  const index = Math.min(Math.max(Math.round(frame - baked.first), 0), baked.frames.length - 1)
  const states = baked.frames[index] ?? []
  const inked = inksOf(layout)
  let opacity = 0
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [place, unit] of layout.units.entries()) {
    const state = states[unit.index]
    const ink = inked[place]
    if (state === undefined || ink === undefined) continue
    const seen = state.opacity * Math.max(state.fillOpacity, state.strokeOpacity)
    if (seen < VISIBLE || state.scaleX === 0 || state.scaleY === 0) continue
    opacity = Math.max(opacity, seen)
    for (const [x, y] of cornersOf(ink, state)) {
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x)
      bottom = Math.max(bottom, y)
    }
  }
  if (left > right) return { box: undefined, opacity: 0 }
  return {
    box: { x: left, y: top, width: right - left, height: bottom - top },
    opacity: Math.min(opacity, 1),
  }
}

function cornersOf({ x, y, width, height }: Box, state: UnitState): [number, number][] {
  const { pivotX: anchorX, pivotY: anchorY, placeX, placeY, scaleX, scaleY, rotation } = state
  const matrix = poseMatrix({ anchorX, anchorY, x: placeX, y: placeY, scaleX, scaleY, rotation })
  return [
    applyMatrix(matrix, x, y),
    applyMatrix(matrix, x + width, y),
    applyMatrix(matrix, x, y + height),
    applyMatrix(matrix, x + width, y + height),
  ]
}
