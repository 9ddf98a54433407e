import type { TextUnit } from '../layout/text-layout.ts'
import type { SelectorDomains } from './select-range.ts'

/** What selectors count, of units in reading order (Skottie's TextAdapter.cpp, buildDomainMaps). */
export function selectorDomains(units: readonly TextUnit[]): SelectorDomains {
  const words = new Map<number, number[]>()
  const lines = new Map<number, number[]>()
  for (const unit of units) {
    if (!unit.isSpace) push(words, unit.word, unit.index)
    push(lines, unit.line, unit.index)
  }
  return {
    characters: units.map((unit) => [unit.index]),
    visibleCharacters: units.filter((unit) => !unit.isSpace).map((unit) => [unit.index]),
    words: [...words.values()],
    lines: [...lines.values()],
  }
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
