import type { TextDirection } from '@flatrender/contracts/template'
import type { Bidi } from 'bidi-js'
import * as module from 'bidi-js'

let bidi: Bidi | undefined

/** The library's own types describe a module that it is not in Node: there, too, the function is the default. */
function loadBidi(): Bidi {
  bidi ??= (module as unknown as { default: () => Bidi }).default()
  return bidi
}

/** Embedding levels (UAX #9) of one paragraph by UTF-16 offset; odd ones run right to left. */
export interface ParagraphLevels {
  readonly base: number
  readonly levels: Uint8Array
}

/** Resolves a paragraph's levels; `auto` takes the direction of the first strong character, else left to right. */
export function resolveBidi(text: string, direction: TextDirection): ParagraphLevels {
  const { levels, paragraphs } = loadBidi().getEmbeddingLevels(text, direction)
  const forced = direction === 'rtl' ? 1 : 0
  return { base: paragraphs[0]?.level ?? forced, levels }
}

/** Levels of one line, `start` to `end`: white space at its end falls back to the paragraph's (rule L1). */
export function levelsOfLine(text: string, levels: ParagraphLevels, start: number, end: number): Uint8Array {
  const own = levels.levels.slice(start, end)
  const types = loadBidi()
  for (let index = own.length - 1; index >= 0; index--) {
    const type = types.getBidiCharTypeName(text[start + index] as string)
    if (!['WS', 'FSI', 'LRI', 'RLI', 'PDI', 'BN', 'B', 'S'].includes(type)) break
    own[index] = levels.base
  }
  return own
}

/** Puts runs into visual order, left to right (rule L2): each level's stretches are turned, the highest first. */
export function orderRuns<Run extends { readonly level: number }>(runs: readonly Run[]): Run[] {
  const ordered = [...runs]
  const highest = runs.reduce((most, run) => Math.max(most, run.level), 0)
  for (let level = highest; level >= 1; level--) {
    for (let from = 0; from < ordered.length; from++) {
      if ((ordered[from] as Run).level < level) continue
      let to = from
      while (to < ordered.length && (ordered[to] as Run).level >= level) to++
      const turned = ordered.slice(from, to).reverse()
      ordered.splice(from, to - from, ...turned)
      from = to
    }
  }
  return ordered
}
