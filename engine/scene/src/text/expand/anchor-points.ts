import { evaluateProperty } from '../../lottie/evaluate-property.ts'
import type { TextData } from '../../lottie/lottie-json.ts'
import type { Box, TextLayout, TextUnit } from '../layout/text-layout.ts'

/**
 * The points about which units turn and grow, in the layer's pixels (Skottie's TextAdapter.cpp,
 * fragmentAnchorPoint): the middle of the baseline of the character, word or line, or of the text's box, moved by the
 * grouping alignment (percent of half the box: one advance wide, twice the ascent high).
 */
export function anchorPoints(
  layout: TextLayout,
  options: TextData['m'],
  frame: number,
  ascent: number,
  box: Box | undefined,
): [x: number, y: number][] {
  const [alignX = 0, alignY = 0] = evaluateProperty(options?.a, frame, [0, 0])
  const around = (units: readonly TextUnit[]): [number, number] => {
    const left = Math.min(...units.map((unit) => unit.x))
    const right = Math.max(...units.map((unit) => unit.x + unit.advance))
    const y = units[0]?.y ?? 0
    return [(left + right) / 2 + (((right - left) / 2) * alignX) / 100, y + (ascent * alignY) / 100]
  }
  const grouping = options?.g ?? 1
  if (grouping === 4) {
    const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 }
    const point: [number, number] = [
      x + width / 2 + ((width / 2) * alignX) / 100,
      y + height / 2 + ((height / 2) * alignY) / 100,
    ]
    return layout.units.map(() => point)
  }
  if (grouping !== 2 && grouping !== 3) return layout.units.map((unit) => around([unit]))
  const keyOf = (unit: TextUnit): number => (grouping === 2 ? unit.word : unit.line)
  const groups = new Map<number, TextUnit[]>()
  for (const unit of layout.units) {
    if (grouping === 2 && unit.isSpace) continue
    const members = groups.get(keyOf(unit))
    if (members === undefined) groups.set(keyOf(unit), [unit])
    else members.push(unit)
  }
  const points = new Map([...groups].map(([key, members]) => [key, around(members)]))
  return layout.units.map((unit) => points.get(keyOf(unit)) ?? around([unit]))
}
