export { loadFallbacks } from './load-fallbacks.ts'
export { type FontDescription, loadFont, readFont } from './load-font.ts'
export { type OpenedFonts, openFonts, openTemplateFonts } from './open-fonts.ts'
export { unpackFont } from './unpack-font.ts'
