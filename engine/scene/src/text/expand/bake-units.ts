import { isAnimated } from '../../lottie/evaluate-property.ts'
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

/** Every unit at every frame from `first`; the last frame's state stays. */
export interface BakedText {
  readonly first: number
  readonly frames: readonly (readonly UnitState[])[]
  /** Names of the properties that animators change, as Lottie has them. */
  readonly touched: ReadonlySet<string>
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
  const animators = text.a ?? []
  const anchorMoves = text.m?.a !== undefined && isAnimated(text.m.a)
  let anchors = anchorPoints(layout, text.m, first, ascent, box)
  const frames: UnitState[][] = []
  for (let frame = first; frame <= last; frame++) {
    const states = evaluateAnimators(animators, domains, layout.units.length, frame, colors)
    const shifts = shiftLines(layout, states)
    if (anchorMoves) anchors = anchorPoints(layout, text.m, frame, ascent, box)
    states.forEach((state, index) => {
      const [anchorX, anchorY] = anchors[index] as [number, number]
      const [shiftX, shiftY] = shifts[index] as [number, number]
      state.pivotX = anchorX + state.anchorX
      state.pivotY = anchorY + state.anchorY
      state.placeX = anchorX + shiftX + state.x
      state.placeY = anchorY + shiftY + state.y
    })
    frames.push(states)
  }
  return { first, frames, touched: new Set(animators.flatMap((animator) => Object.keys(animator.a ?? {}))) }
}

/** How one unit is painted: its group's transform and its paint. */
export interface UnitTrack {
  readonly transform: GroupTransform
  readonly paint: Paint
}

type Channel = (state: UnitState) => number

/** A unit's states as thinned Lottie properties. */
export function trackOfUnit(baked: BakedText, unit: number, document: TextDocument): UnitTrack {
  const { frames, first, touched } = baked
  const track = (names: readonly string[], tolerance: number, ...channels: Channel[]): Property => {
    const moves = names.some((name) => touched.has(name))
    const dimensions = channels.map((channel) => sample(frames, unit, moves ? frames.length : 1, channel))
    return thinKeyframes(dimensions, first, tolerance)
  }
  const paint: Paint = {
    fill: document.fc === undefined ? undefined : track(['fc'], COLOR, ...rgb((state) => state.fill)),
    fillOpacity: track(['fc', 'fo'], PERCENT, ({ fill, fillOpacity }) => (fill[3] ?? 1) * fillOpacity * 100),
    stroke: document.sc === undefined ? undefined : track(['sc'], COLOR, ...rgb((state) => state.stroke)),
    strokeOpacity: track(
      ['sc', 'so'],
      PERCENT,
      ({ stroke, strokeOpacity }) => (stroke[3] ?? 1) * strokeOpacity * 100,
    ),
  }
  const opacity = track(['o'], PERCENT, (state) => state.opacity * 100)
  if (!['s', 'r', 'rz'].some((name) => touched.has(name))) {
    // Without turning or growing no anchor is needed, and units that move alike can share a group.
    const x: Channel = (state) => state.placeX - state.pivotX
    const y: Channel = (state) => state.placeY - state.pivotY
    return { transform: { position: track(['p', 'a', 't', 'ls'], PIXELS, x, y), opacity }, paint }
  }
  const transform: GroupTransform = {
    anchor: track(['a', 's', 'r', 'rz'], PIXELS, pivotX, pivotY),
    position: track(['p', 'a', 't', 'ls', 's', 'r', 'rz'], PIXELS, placeX, placeY),
    scale: track(['s'], PERCENT, scaleX, scaleY),
    rotation: track(['r', 'rz'], DEGREES, (state) => state.rotation),
    opacity,
  }
  return { transform, paint }
}

const pivotX: Channel = (state) => state.pivotX
const pivotY: Channel = (state) => state.pivotY
const placeX: Channel = (state) => state.placeX
const placeY: Channel = (state) => state.placeY
const scaleX: Channel = (state) => state.scaleX * 100
const scaleY: Channel = (state) => state.scaleY * 100

function rgb(of: (state: UnitState) => readonly number[]): Channel[] {
  return [(state) => of(state)[0] ?? 0, (state) => of(state)[1] ?? 0, (state) => of(state)[2] ?? 0, () => 1]
}

function sample(
  frames: readonly (readonly UnitState[])[],
  unit: number,
  count: number,
  channel: Channel,
): Float64Array {
  const samples = new Float64Array(count)
  for (let frame = 0; frame < count; frame++) samples[frame] = channel(frames[frame]?.[unit] as UnitState)
  return samples
}
