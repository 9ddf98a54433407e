import {
  type FallbackText,
  type Font,
  type FontSource,
  openTextEngine,
  requiredFallbacks,
} from '@flatrender/engine-scene'
import type { FontEntry } from './page-contract.ts'

const opened = new Map<string, Promise<Font>>()

/** Opens the template's fonts, then those of our own that these texts need; the server unpacks them. */
export async function fetchFonts(
  template: string,
  texts: readonly FallbackText[],
): Promise<{ fonts: Font[]; fallbacks: Font[] }> {
  const fonts = await openAll(await fetch(`templates/${template}/fonts.json`))
  const requests = requiredFallbacks(texts, fonts)
  const answer = await fetch('fallbacks.json', { method: 'POST', body: JSON.stringify(requests) })
  return { fonts, fallbacks: await openAll(answer) }
}

async function openAll(answer: Response): Promise<Font[]> {
  return Promise.all(((await answer.json()) as FontEntry[]).map(openOnce))
}

function openOnce(entry: FontEntry): Promise<Font> {
  const key = JSON.stringify(entry)
  let font = opened.get(key)
  if (font === undefined) {
    font = open(entry)
    opened.set(key, font)
  }
  return font
}

async function open(entry: FontEntry): Promise<Font> {
  const bytes = await (await fetch(`fonts/${entry.hash}`)).bytes()
  return (await openTextEngine()).openFont({ ...entry, bytes } as FontSource)
}
