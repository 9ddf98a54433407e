import type { Property, TextData, TextDocument } from '../../lottie/lottie-json.ts'
import type { Box, TextLayout } from '../layout/text-layout.ts'
import { anchorPoints } from './anchor-points.ts'
import { animatedFrames } from './animated-frames.ts'
import { evaluateAnimators, type UnitState } from './evaluate-animators.ts'
import type { GroupTransform } from './group-shape.ts'
import type { Paint } from './paint-shapes.ts'
import { selectorDomains } from './selector-domains.ts'
import { shiftLines } from './shift-lines.ts'
import { thinKeyframes } from './thin-keyframes.ts'

/** Tolerances of thinned keyframes: pixels, percent, degrees, colour. */
const PIXELS = 0.01
const PERCENT = 0.05
const DEGREES = 0.01
const COLOR = 0.001

/** One unit's state with the places that follow from it; lengths in the layer's pixels. */
export interface BakedState extends UnitState {
  /** Where the unit's anchor is, and where it is moved to. */
  readonly anchor: readonly [x: number, y: number]
  readonly position: readonly [x: number, y: number]
}

/** Every unit at every frame from `first`; the last frame's state stays. */
export interface BakedText {
  readonly first: number
  readonly frames: readonly (readonly BakedState[])[]
}

/** Evaluates a text's animators at each frame of their movement within `from` to `to`. */
export function bakeText(
  layout: TextLayout,
  document: TextDocument,
  text: TextData,
  ascent: number,
  box: Box | undefined,
  from: number,
  to: number,
): BakedText {
  const { first, last } = animatedFrames(text, from, to)
  const domains = selectorDomains(layout.units)
  const colors = { fill: document.fc ?? [], stroke: document.sc ?? [] }
  const frames: BakedState[][] = []
  for (let frame = first; frame <= last; frame++) {
    const states = evaluateAnimators(text.a ?? [], domains, layout.units.length, frame, colors)
    const shifts = shiftLines(layout, states)
    const anchors = anchorPoints(layout, text.m, frame, ascent, box)
    frames.push(
      states.map((state, index) => {
        const [anchorX, anchorY] = anchors[index] as [number, number]
        const [shiftX, shiftY] = shifts[index] as [number, number]
        return {
          ...state,
          anchor: [anchorX + state.anchorX, anchorY + state.anchorY],
          position: [anchorX + shiftX + state.x, anchorY + shiftY + state.y],
        }
      }),
    )
  }
  return { first, frames }
}

/** How one unit is painted: its group's transform and its paint. */
export interface UnitTrack {
  readonly transform: GroupTransform
  readonly paint: Paint
}

/** A unit's states as thinned Lottie properties. */
export function trackOfUnit(baked: BakedText, unit: number, document: TextDocument): UnitTrack {
  const states = baked.frames.map((frame) => frame[unit] as BakedState)
  const track = (value: (state: BakedState) => number[], tolerance: number): Property =>
    thinKeyframes(states.map(value), baked.first, tolerance)
  const paint: Paint = {
    fill: document.fc === undefined ? undefined : track((state) => opaque(state.fill), COLOR),
    fillOpacity: track((state) => [alpha(state.fill) * state.fillOpacity * 100], PERCENT),
    stroke: document.sc === undefined ? undefined : track((state) => opaque(state.stroke), COLOR),
    strokeOpacity: track((state) => [alpha(state.stroke) * state.strokeOpacity * 100], PERCENT),
  }
  const opacity = track((state) => [state.opacity * 100], PERCENT)
  const turns = states.some((state) => state.rotation !== 0 || state.scaleX !== 1 || state.scaleY !== 1)
  if (!turns) {
    // Without turning or growing no anchor is needed, and units that move alike can share a group.
    const position = track(
      ({ anchor, position }) => [position[0] - anchor[0], position[1] - anchor[1]],
      PIXELS,
    )
    return { transform: { position, opacity }, paint }
  }
  const transform: GroupTransform = {
    anchor: track((state) => [...state.anchor], PIXELS),
    position: track((state) => [...state.position], PIXELS),
    scale: track((state) => [state.scaleX * 100, state.scaleY * 100], PERCENT),
    rotation: track((state) => [state.rotation], DEGREES),
    opacity,
  }
  return { transform, paint }
}

function opaque(color: readonly number[]): number[] {
  return [color[0] ?? 0, color[1] ?? 0, color[2] ?? 0, 1]
}

function alpha(color: readonly number[]): number {
  return color[3] ?? 1
}
