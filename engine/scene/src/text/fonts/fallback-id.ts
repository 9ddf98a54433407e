/**
 * Fonts that FlatRender brings for letters that a template's fonts lack. `@flatrender/engine-fonts` reads them;
 * a browser fetches the same files. Each may consist of several files that share the characters among them.
 */
export const fallbackIds = [
  'noto-sans',
  'vazirmatn',
  'noto-naskh-arabic',
  'noto-nastaliq-urdu',
  'noto-sans-hebrew',
  'noto-sans-devanagari',
  'noto-sans-bengali',
  'noto-sans-thai',
  'noto-sans-jp',
  'noto-sans-sc',
  'noto-sans-kr',
  'noto-emoji',
  'noto-sans-math',
  'noto-sans-symbols-2',
] as const

export type FallbackId = (typeof fallbackIds)[number]
