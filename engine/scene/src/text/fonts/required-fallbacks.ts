import { guessLanguage } from '../layout/guess-language.ts'
import { prepareText, type TextWriting } from '../layout/prepare-text.ts'
import { resolveScripts } from '../layout/resolve-scripts.ts'
import { segmentGraphemes } from '../layout/segment-graphemes.ts'
import { coversCluster } from './covers-cluster.ts'
import { fallbackCandidates } from './fallback-candidates.ts'
import type { FallbackId } from './fallback-id.ts'
import type { Font } from './font.ts'

/** A text that is going to be laid out, as far as its fonts depend on it. */
export interface FallbackText extends TextWriting {
  readonly text: string
}

/**
 * Characters that the template's fonts lack. Whoever loads fonts takes, for each grapheme cluster, the first
 * candidate that has it, and of a font in several files only those that are needed. Plain data, fit for a URL.
 */
export interface FallbackRequest {
  readonly candidates: readonly FallbackId[]
  readonly clusters: readonly string[]
}

/** Which fallback fonts the texts need beside the template's own fonts. Pure; equal texts give equal requests. */
export function requiredFallbacks(texts: readonly FallbackText[], fonts: readonly Font[]): FallbackRequest[] {
  const wanted = new Map<string, { candidates: readonly FallbackId[]; clusters: Set<string> }>()
  const want = (script: string, language: string, cluster: string): void => {
    const candidates = fallbackCandidates(script, language)
    const entry = wanted.get(candidates.join()) ?? { candidates, clusters: new Set<string>() }
    entry.clusters.add(cluster)
    wanted.set(candidates.join(), entry)
  }
  for (const item of texts) {
    const text = prepareText(item.text, item)
    const language = guessLanguage(text, item.language)
    const clusters = resolveScripts(text, segmentGraphemes(text))
    const lacking = new Set<string>()
    for (const { start, end, script, common, emoji } of clusters) {
      const cluster = text.slice(start, end)
      if (cluster === '\n' || cluster === '\u2028') continue
      if (emoji) want('Zsye', language, cluster)
      else if (!fonts.some((font) => coversCluster(font, cluster))) {
        want(common ? 'Zyyy' : script, language, cluster)
        if (!common) lacking.add(script)
      }
    }
    // Spaces and signs between letters of a fallback font are set in that font.
    for (const { start, end, script, common, emoji } of clusters) {
      const cluster = text.slice(start, end)
      if (common && !emoji && lacking.has(script) && cluster !== '\n') want(script, language, cluster)
    }
    if (fonts.length === 0) want('Latn', language, ' ')
  }
  return [...wanted.values()]
    .map(({ candidates, clusters }) => ({ candidates, clusters: [...clusters].sort() }))
    .sort((a, b) => (a.candidates.join() < b.candidates.join() ? -1 : 1))
}
