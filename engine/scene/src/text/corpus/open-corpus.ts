import { readFileSync } from 'node:fs'
import { loadFallbacks } from '@flatrender/engine-fonts'
import type { Font } from '../fonts/font.ts'
import { createFontStack, type FontStack } from '../fonts/font-stack.ts'
import { requiredFallbacks } from '../fonts/required-fallbacks.ts'
import { openTextEngine } from '../fonts/text-engine.ts'
import { guessLanguage } from '../layout/guess-language.ts'

/** A text of the corpus that HarfBuzz's own program has shaped too. */
export interface CorpusText {
  readonly id: string
  readonly text: string
  readonly language?: string
}

/** The corpus: every script that we promise. */
export function readCorpus(): CorpusText[] {
  return JSON.parse(readFileSync(new URL('./texts.json', import.meta.url), 'utf8')) as CorpusText[]
}

/** Opens the fallback fonts that texts need. */
export async function openFallbacks(texts: readonly CorpusText[]): Promise<Font[]> {
  const engine = await openTextEngine()
  return (await loadFallbacks(requiredFallbacks(texts, []))).map((source) => engine.openFont(source))
}

/** Fallback fonts alone, as the texts of the corpus are set. */
export function corpusStack(fallbacks: readonly Font[], text: CorpusText, weight = 400): FontStack {
  const language = guessLanguage(text.text, text.language)
  return createFontStack({ family: '', style: 'normal', weight, fonts: [], fallbacks, language })
}
