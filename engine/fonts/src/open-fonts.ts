import {
  type FallbackText,
  type Font,
  openTextEngine,
  requiredFallbacks,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import { loadFallbacks } from './load-fallbacks.ts'
import { readFont } from './load-font.ts'

/** Fonts that a story is set in: the template's own, and ours for what they lack. */
export interface OpenedFonts {
  readonly fonts: readonly Font[]
  readonly fallbacks: readonly Font[]
}

/** So many opened fonts are remembered: those of some ten templates. */
const REMEMBERED = 100

const opened = new Map<string, Promise<Font>>()

/** Opens the template's fonts, then those of our own that these texts need. Errors: FONT_UNREADABLE. */
export async function openFonts(
  template: TemplatePackage,
  texts: readonly FallbackText[],
): Promise<OpenedFonts> {
  const fonts = await openTemplateFonts(template)
  const engine = await openTextEngine()
  const sources = await loadFallbacks(requiredFallbacks(texts, fonts))
  const fallbacks = await Promise.all(
    sources.map((source) => remember(`${source.hash} ${source.weight}`, async () => engine.openFont(source))),
  )
  return { fonts, fallbacks }
}

/** Opens the template's own fonts, once. Errors: FONT_UNREADABLE. */
export async function openTemplateFonts({ manifest, files }: TemplatePackage): Promise<Font[]> {
  const engine = await openTextEngine()
  return Promise.all(
    manifest.fonts.map(({ family, weight, italic, file, sha256 }) => {
      const description = { family, style: italic ? 'italic' : 'normal', weight }
      return remember(`${sha256} ${family} ${description.style} ${weight}`, async () =>
        engine.openFont(await readFont(files.get(file)!, file, description)),
      )
    }),
  )
}

/** An opened font remembers what it shaped, so a batch opens each once. */
function remember(key: string, open: () => Promise<Font>): Promise<Font> {
  const known = opened.get(key)
  const font = known ?? open()
  if (known === undefined) font.catch(() => opened.delete(key))
  // The least recently used go first: a server sees the fonts of every template there is.
  opened.delete(key)
  opened.set(key, font)
  if (opened.size > REMEMBERED) opened.delete(opened.keys().next().value!)
  return font
}
