import type { TextLayout } from '../layout/text-layout.ts'
import type { UnitState } from './evaluate-animators.ts'

/**
 * How far tracking and line spacing of animators move each unit, in pixels (Skottie's TextAdapter.cpp, onSync). Half
 * of a unit's tracking stands before it and half behind, none at the ends of a line; the line stays aligned. Units
 * are letters that don't join, so none are pulled apart.
 */
export function shiftLines(layout: TextLayout, states: readonly UnitState[]): [x: number, y: number][] {
  const shifts: [number, number][] = states.map(() => [0, 0])
  if (states.every((state) => state.tracking === 0 && state.lineX === 0 && state.lineY === 0)) return shifts
  let lineX = 0
  let lineY = 0
  for (const line of layout.lines) {
    const units = layout.units
      .filter((unit) => unit.line === line.index)
      .sort((a, b) => a.x - b.x || a.index - b.index)
    if (units.length === 0) continue
    const stateOf = (place: number): UnitState => states[units[place]?.index ?? 0] as UnitState
    if (line.index > 0) {
      lineX += units.reduce((sum, _, place) => sum + stateOf(place).lineX, 0) / units.length
      lineY += units.reduce((sum, _, place) => sum + stateOf(place).lineY, 0) / units.length
    }
    const ends = (stateOf(0).tracking + stateOf(units.length - 1).tracking) / 2
    const total = units.reduce((sum, _, place) => sum + stateOf(place).tracking, 0) - ends
    let pen = -total * line.factor
    units.forEach((unit, place) => {
      const half = stateOf(place).tracking / 2
      if (place > 0) pen += half
      shifts[unit.index] = [lineX + pen, lineY]
      if (place < units.length - 1) pen += half
    })
  }
  return shifts
}
