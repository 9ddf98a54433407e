import type { TextDirection } from '@flatrender/contracts/template'
import type { Font } from '../fonts/font.ts'
import type { FontStack } from '../fonts/font-stack.ts'
import { findLineBreaks } from './find-line-breaks.ts'
import { type ParagraphLevels, resolveBidi } from './resolve-bidi.ts'
import { resolveScripts } from './resolve-scripts.ts'
import { segmentGraphemes } from './segment-graphemes.ts'

/** A grapheme cluster of a paragraph, ready to be shaped with its like. */
export interface Cluster {
  readonly start: number
  readonly end: number
  readonly script: string
  readonly font: Font
  readonly missing: boolean
  /** Only spaces that may hang over a line's end and part words. */
  readonly space: boolean
}

/** A paragraph, analysed but not yet broken. Offsets count from its start. */
export interface Paragraph {
  readonly text: string
  readonly levels: ParagraphLevels
  readonly clusters: readonly Cluster[]
  /** Index of the cluster that begins at an offset; −1 inside one. */
  readonly clusterAt: Int32Array
  readonly breaks: Uint8Array
}

const hangingSpace = /^[^\S\u00a0\u202f\u2007]+$/u
/** Scripts whose lines mix freely with Latin digits of the text's main font. */
const squareScripts = new Set(['Hani', 'Hira', 'Kana', 'Hang', 'Bopo'])
const digit = /^\p{Nd}/u

/** Finds levels, scripts, fonts and line breaking opportunities of one paragraph. */
export function analyseParagraph(text: string, direction: TextDirection, stack: FontStack): Paragraph {
  const starts = segmentGraphemes(text)
  const levels = resolveBidi(text, direction)
  const scripted = resolveScripts(text, starts)
  const clusterAt = new Int32Array(text.length + 1).fill(-1)
  const clusters: Cluster[] = []
  let previous: Font | undefined
  let previousScript = ''
  scripted.forEach(({ start, end, script, common, emoji }, index) => {
    const sign = text.slice(start, end)
    const follows = common && !emoji && !(squareScripts.has(script) && digit.test(sign))
    const neighbour = follows
      ? previousScript === script
        ? previous
        : fontOfNext(text, scripted, index, stack)
      : undefined
    const { font, missing } = stack.pick(sign, emoji ? 'Zsye' : common ? 'Zyyy' : script, neighbour)
    clusterAt[start] = clusters.length
    clusters.push({ start, end, script, font, missing, space: hangingSpace.test(sign) })
    if (!common) {
      previous = font
      previousScript = script
    }
  })
  return { text, levels, clusters, clusterAt, breaks: findLineBreaks(text, starts) }
}

function fontOfNext(
  text: string,
  clusters: ReturnType<typeof resolveScripts>,
  index: number,
  stack: FontStack,
): Font | undefined {
  const script = clusters[index]?.script
  for (let next = index + 1; next < clusters.length; next++) {
    const cluster = clusters[next]
    if (cluster === undefined || cluster.script !== script) return undefined
    if (!cluster.common) return stack.pick(text.slice(cluster.start, cluster.end), cluster.script).font
  }
  return undefined
}
