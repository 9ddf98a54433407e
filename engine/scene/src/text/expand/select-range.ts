import { solveCubicBezier } from '../../lottie/cubic-bezier.ts'
import { evaluateScalar } from '../../lottie/evaluate-property.ts'
import type { RangeSelector } from '../../lottie/lottie-json.ts'

/** Units that a selector's index stands for: `[first unit, …]` of each character, word or line. */
export type SelectorDomain = readonly (readonly number[])[]

/** The four things a selector may count, over units in reading order. */
export interface SelectorDomains {
  readonly characters: SelectorDomain
  readonly visibleCharacters: SelectorDomain
  readonly words: SelectorDomain
  readonly lines: SelectorDomain
}

interface ShapeInfo {
  readonly curve: readonly [x1: number, y1: number, x2: number, y2: number]
  readonly from: number
  readonly to: number
  /** Length of the ramps at the ends, as a share of the range. */
  readonly ramp: number
}

const straight = [0, 0, 1, 1] as const
/** Square, ramp up, ramp down, triangle, round, smooth. */
const shapes: readonly ShapeInfo[] = [
  { curve: straight, from: 0, to: 1, ramp: 0 },
  { curve: straight, from: 0, to: Number.POSITIVE_INFINITY, ramp: 1 },
  { curve: straight, from: Number.NEGATIVE_INFINITY, to: 1, ramp: 1 },
  { curve: straight, from: 0, to: 1, ramp: 0.5 },
  { curve: [0, 0.5, 0.5, 1], from: 0, to: 1, ramp: 0.5 },
  { curve: [0.5, 0, 0.5, 1], from: 0, to: 1, ramp: 0.5 },
]

/** How much a range selector takes hold of each unit at a frame, −1–1, as Skottie's RangeSelector.cpp has it. */
export function selectRange(
  selector: RangeSelector,
  domains: SelectorDomains,
  count: number,
  frame: number,
): Float64Array {
  const coverage = new Float64Array(count)
  const domain = domainOf(selector, domains)
  if (domain.length === 0) return coverage
  const amount = clamp(evaluateScalar(selector.a, frame, 100) / 100, -1, 1)
  const easeLow = clamp(evaluateScalar(selector.ne, frame, 0) / 100, -1, 1)
  const easeHigh = clamp(evaluateScalar(selector.xe, frame, 0) / 100, -1, 1)
  let [start, length] = rangeOf(selector, domain.length, frame)
  const shape = shapes[(selector.sh ?? 1) - 1] ?? (shapes[0] as ShapeInfo)
  let ramp = shape.ramp
  if (shape === shapes[0]) {
    // A square's smoothness widens it by half a unit each side and turns that into ramps.
    const smoothness = clamp(evaluateScalar(selector.sm, frame, 100) / 100, 0, 1)
    start -= smoothness / 2
    length += smoothness
    ramp += smoothness / length
  }
  const [x1, y1] = easeVector(easeLow)
  const [x2, y2] = easeVector(easeHigh)
  domain.forEach((units, index) => {
    const t = (index + 0.5 - start) / length
    const edge = Math.min(t - shape.from, shape.to - t)
    const along = clamp(Number.isNaN(edge / ramp) ? 0 : edge / ramp, 0, 1)
    const shaped = solveCubicBezier(...shape.curve, along)
    const eased = solveCubicBezier(x1, y1, 1 - x2, 1 - y2, shaped)
    for (const unit of units) coverage[unit] = clamp((coverage[unit] ?? 0) + amount * eased, -1, 1)
  })
  return coverage
}

function domainOf(selector: RangeSelector, domains: SelectorDomains): SelectorDomain {
  if (selector.b === 2) return domains.visibleCharacters
  if (selector.b === 3) return domains.words
  if (selector.b === 4) return domains.lines
  return domains.characters
}

/** First index and length of the range. */
function rangeOf(selector: RangeSelector, size: number, frame: number): [start: number, length: number] {
  const percent = selector.r !== 2
  const offset = evaluateScalar(selector.o, frame, 0)
  const unit = percent ? size / 100 : 1
  const a = (evaluateScalar(selector.s, frame, 0) + offset) * unit
  const b = (evaluateScalar(selector.e, frame, percent ? 100 : 1e9) + offset) * unit
  return [Math.min(a, b), Math.max(Math.abs(b - a), 1.1920929e-7)]
}

function easeVector(ease: number): [x: number, y: number] {
  return ease < 0 ? [0, -ease] : [ease, 0]
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
