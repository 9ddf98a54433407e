import { FlatRenderError } from '@flatrender/contracts/errors'
import { coversCluster, knowsSequence } from './covers-cluster.ts'
import { fallbackCandidates } from './fallback-candidates.ts'
import type { Font } from './font.ts'

/** What a text layer asks for, and what there is. */
export interface FontStackRequest {
  readonly family: string
  /** `normal` or `italic`. */
  readonly style: string
  /** 1–1000. */
  readonly weight: number
  /** The template's own fonts, in any order. */
  readonly fonts: readonly Font[]
  /** Fallback fonts that were loaded. */
  readonly fallbacks: readonly Font[]
  /** BCP 47; empty when unknown. */
  readonly language?: string
}

/** The fonts that one text is set in, best first. */
export interface FontStack {
  /** Gives the line its height, and paints the box of a character that no font has. */
  readonly primary: Font
  /** Has the template a font of this family? */
  readonly familyFound: boolean
  readonly language: string
  /**
   * The font for a grapheme cluster of a script (`Zsye` for emoji). `preferred` is taken for what belongs to no
   * script, if it has it: a comma after a Persian word is set in the word's font.
   */
  pick(cluster: string, script: string, preferred?: Font): { readonly font: Font; readonly missing: boolean }
}

/** Orders the fonts for one text layer. Throws FONT_MISSING when there is none at all. */
export function createFontStack(request: FontStackRequest): FontStack {
  const language = request.language ?? ''
  const own = request.fonts
    .map((font) => font.atWeight(request.weight))
    .map((font, index) => ({ font, score: distance(font, request), index }))
    .sort((a, b) => a.score - b.score || a.index - b.index)
  const fonts = own.map(({ font }) => font)
  const fallbacks = request.fallbacks.map((font) => font.atWeight(request.weight))
  const primary = fonts[0] ?? fallbacks.find((font) => font.fallback === 'noto-sans') ?? fallbacks[0]
  if (primary === undefined) throw new FlatRenderError('FONT_MISSING', { text: request.family })
  const ranked = new Map<string, readonly Font[]>()
  const picked = new Map<string, { font: Font; missing: boolean }>()

  const fallbacksFor = (script: string): readonly Font[] => {
    const known = ranked.get(script)
    if (known !== undefined) return known
    const order = fallbackCandidates(script, language)
    const rank = (font: Font): number => {
      const place = font.fallback === undefined ? -1 : order.indexOf(font.fallback)
      return place < 0 ? order.length : place
    }
    const sorted = fallbacks
      .map((font, index) => ({ font, index }))
      .sort((a, b) => rank(a.font) - rank(b.font) || a.index - b.index)
      .map(({ font }) => font)
    ranked.set(script, sorted)
    return sorted
  }

  const search = (cluster: string, script: string): Font | undefined => {
    const ours = fallbacksFor(script)
    if (script === 'Zsye') {
      const emoji = ours.filter((font) => font.fallback === 'noto-emoji')
      const whole = emoji.find((font) => knowsSequence(font, cluster))
      const found = whole ?? emoji.find((font) => coversCluster(font, cluster))
      if (found !== undefined) return found
    }
    return [...fonts, ...ours].find((font) => coversCluster(font, cluster))
  }

  /** The font, or another file of the same fallback font, if it has the cluster. */
  const relative = (font: Font, cluster: string): Font | undefined => {
    if (coversCluster(font, cluster)) return font
    if (font.fallback === undefined) return undefined
    return fallbacks.find((other) => other.fallback === font.fallback && coversCluster(other, cluster))
  }

  return {
    primary,
    familyFound: (own[0]?.score ?? FAMILY_DIFFERS) < FAMILY_DIFFERS,
    language,
    pick: (cluster, script, preferred) => {
      const close = preferred === undefined ? undefined : relative(preferred, cluster)
      if (close !== undefined) return { font: close, missing: false }
      const key = `${script} ${cluster}`
      const known = picked.get(key)
      if (known !== undefined) return known
      const font = search(cluster, script)
      const choice = { font: font ?? primary, missing: font === undefined }
      picked.set(key, choice)
      return choice
    },
  }
}

const FAMILY_DIFFERS = 10000
const STYLE_DIFFERS = 2000

function distance(font: Font, request: FontStackRequest): number {
  const family = font.family.toLowerCase() === request.family.toLowerCase() ? 0 : FAMILY_DIFFERS
  const style = font.style === request.style ? 0 : STYLE_DIFFERS
  return family + style + Math.abs(font.weight - request.weight)
}
