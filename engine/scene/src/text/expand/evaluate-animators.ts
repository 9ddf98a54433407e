import { evaluateProperty, evaluateScalar } from '../../lottie/evaluate-property.ts'
import type { TextAnimator } from '../../lottie/lottie-json.ts'
import { type SelectorDomains, selectRange } from './select-range.ts'

/** What animators make of one unit at one frame. Pixels, shares (1 is 100 %), degrees, colours 0–1. */
export interface UnitState {
  x: number
  y: number
  anchorX: number
  anchorY: number
  scaleX: number
  scaleY: number
  rotation: number
  opacity: number
  fill: readonly number[]
  stroke: readonly number[]
  fillOpacity: number
  strokeOpacity: number
  /** Pixels, half before and half after the unit. */
  tracking: number
  lineX: number
  lineY: number
  /** The point that it turns about, in the layer's pixels, and where that point is moved to. */
  pivotX: number
  pivotY: number
  placeX: number
  placeY: number
}

/** Applies animators in their order to every unit (Skottie's TextAnimator.cpp, modulateProps). */
export function evaluateAnimators(
  animators: readonly TextAnimator[],
  domains: SelectorDomains,
  count: number,
  frame: number,
  colors: { readonly fill: readonly number[]; readonly stroke: readonly number[] },
): UnitState[] {
  const states = Array.from({ length: count }, () => initialState(colors.fill, colors.stroke))
  for (const animator of animators) {
    const properties = animator.a
    if (properties === undefined) continue
    const selector = animator.s
    const covers = selector === undefined || (selector.t ?? 0) !== 0
    const coverage = covers ? undefined : selectRange(selector, domains, count, frame)
    const vector = (name: string, fallback: number[]): number[] | undefined =>
      properties[name] === undefined ? undefined : evaluateProperty(properties[name], frame, fallback)
    const scalar = (name: string, fallback: number): number =>
      evaluateScalar(properties[name], frame, fallback)
    const position = vector('p', [0, 0])
    const anchor = vector('a', [0, 0])
    const scale = vector('s', [100, 100])
    const spacing = vector('ls', [0, 0])
    const fill = vector('fc', [0, 0, 0])
    const stroke = vector('sc', [0, 0, 0])
    const rotation = scalar('r', scalar('rz', 0))
    const tracking = scalar('t', 0)
    const opacity = scalar('o', 100) / 100
    const fillOpacity = scalar('fo', 100) / 100
    const strokeOpacity = scalar('so', 100) / 100
    states.forEach((state, index) => {
      const amount = coverage === undefined ? 1 : (coverage[index] ?? 0)
      // Colours and opacity don't go beyond what was there: a negative amount leaves them.
      const share = Math.max(amount, 0)
      state.x += (position?.[0] ?? 0) * amount
      state.y += (position?.[1] ?? 0) * amount
      state.anchorX += (anchor?.[0] ?? 0) * amount
      state.anchorY += (anchor?.[1] ?? 0) * amount
      const scaleX = (scale?.[0] ?? 100) / 100
      state.scaleX *= 1 + (scaleX - 1) * amount
      state.scaleY *= 1 + ((scale?.[1] ?? scale?.[0] ?? 100) / 100 - 1) * amount
      state.rotation += rotation * amount
      state.tracking += tracking * amount
      state.lineX += (spacing?.[0] ?? 0) * amount
      state.lineY += (spacing?.[1] ?? spacing?.[0] ?? 0) * amount
      if (fill !== undefined) state.fill = mix(state.fill, fill, share)
      if (stroke !== undefined) state.stroke = mix(state.stroke, stroke, share)
      state.opacity *= 1 + (opacity - 1) * share
      state.fillOpacity *= 1 + (fillOpacity - 1) * share
      state.strokeOpacity *= 1 + (strokeOpacity - 1) * share
    })
  }
  return states
}

function initialState(fill: readonly number[], stroke: readonly number[]): UnitState {
  return {
    x: 0,
    y: 0,
    anchorX: 0,
    anchorY: 0,
    scaleX: 1,
    scaleY: 1,
    rotation: 0,
    opacity: 1,
    fill,
    stroke,
    fillOpacity: 1,
    strokeOpacity: 1,
    tracking: 0,
    lineX: 0,
    lineY: 0,
    pivotX: 0,
    pivotY: 0,
    placeX: 0,
    placeY: 0,
  }
}

function mix(from: readonly number[], to: readonly number[], share: number): readonly number[] {
  if (share === 0) return from
  return from.map((value, channel) => value + ((to[channel] ?? value) - value) * share)
}
