import type { Font, FontSource } from './font.ts'
import { createFont } from './open-font.ts'

/** HarfBuzz, ready to open fonts. Its WebAssembly is the same in a browser and in Node, and so are its results. */
export interface TextEngine {
  /** Opens a TrueType or OpenType font. Throws FONT_UNREADABLE. */
  openFont(source: FontSource): Font
}

let engine: Promise<TextEngine> | undefined

/** Loads HarfBuzz once (about 0.4 MB); everything after it is synchronous. */
export function openTextEngine(): Promise<TextEngine> {
  engine ??= import('harfbuzzjs').then((harfbuzz) => ({
    openFont: (source) => createFont(harfbuzz, source),
  }))
  return engine
}
