import { isEmoji } from '../fonts/is-emoji.ts'
import { scriptOf } from '../fonts/script-of.ts'

const closings = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
  ['»', '«'],
  ['›', '‹'],
  ['”', '“'],
  ['’', '‘'],
  ['」', '「'],
  ['』', '『'],
  ['）', '（'],
  ['】', '【'],
])
const openings = new Set(closings.values())

/** A grapheme cluster with the script that it is shaped as and whether it has a script of its own. */
export interface ScriptedCluster {
  readonly start: number
  readonly end: number
  /** ISO 15924. Characters of no script take their neighbour's; `Zyyy` remains where there is none. */
  readonly script: string
  /** It took the script of its neighbour: a space, a digit, a sign. */
  readonly common: boolean
  readonly emoji: boolean
}

/** Scripts by grapheme cluster (UAX #24): brackets take the script before the opening one. */
export function resolveScripts(text: string, starts: readonly number[]): ScriptedCluster[] {
  const clusters: { start: number; end: number; script: string; common: boolean; emoji: boolean }[] = []
  const open: { sign: string; script: string }[] = []
  let previous = ''
  let waiting = 0
  for (let index = 0; index + 1 < starts.length; index++) {
    const start = starts[index]!
    const end = starts[index + 1]!
    const sign = text.slice(start, end)
    const emoji = sign.charCodeAt(0) > 0x22 && isEmoji(sign)
    const own = emoji ? 'Zyyy' : ownScript(sign)
    const common = own === 'Zyyy' || own === 'Zinh'
    let script = common ? previous : own
    if (common && openings.has(sign)) open.push({ sign, script: previous })
    if (common && closings.has(sign)) script = closeBracket(open, sign) ?? previous
    clusters.push({ start, end, script, common, emoji })
    if (!common) {
      for (; waiting < clusters.length; waiting++) {
        const earlier = clusters[waiting]!
        if (earlier.script === '') earlier.script = own
      }
      for (const bracket of open) if (bracket.script === '') bracket.script = own
      previous = own
    }
  }
  for (const cluster of clusters) if (cluster.script === '') cluster.script = 'Zyyy'
  return clusters
}

function ownScript(sign: string): string {
  for (const character of sign) {
    const script = scriptOf(character.codePointAt(0) as number)
    if (script !== 'Zyyy' && script !== 'Zinh') return script
  }
  return 'Zyyy'
}

function closeBracket(open: { sign: string; script: string }[], closing: string): string | undefined {
  const wanted = closings.get(closing)
  for (let index = open.length - 1; index >= 0; index--) {
    const bracket = open[index]!
    if (bracket.sign !== wanted) continue
    open.length = index
    return bracket.script === '' ? undefined : bracket.script
  }
  return undefined
}
