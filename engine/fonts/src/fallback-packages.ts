import type { FallbackId } from '@flatrender/engine-scene'

/** Where a fallback font's files lie. */
export interface FallbackPackage {
  /** The npm package, whose `files` folder holds a WOFF2 for each subset. */
  readonly name: string
  /** How its files are named: the subset stands for `*`. */
  readonly file: string
  /** Its `unicode.json` leaves out characters that its files have. */
  readonly undeclared?: true
}

/** Every fallback font. All are under the SIL Open Font License 1.1. */
export const fallbackPackages: Readonly<Record<FallbackId, FallbackPackage>> = {
  'noto-sans': variable('noto-sans'),
  vazirmatn: variable('vazirmatn'),
  'noto-naskh-arabic': variable('noto-naskh-arabic'),
  'noto-nastaliq-urdu': variable('noto-nastaliq-urdu'),
  'noto-sans-hebrew': variable('noto-sans-hebrew'),
  'noto-sans-devanagari': variable('noto-sans-devanagari'),
  'noto-sans-bengali': variable('noto-sans-bengali'),
  'noto-sans-thai': variable('noto-sans-thai'),
  'noto-sans-jp': variable('noto-sans-jp'),
  'noto-sans-sc': variable('noto-sans-sc'),
  'noto-sans-kr': variable('noto-sans-kr'),
  'noto-emoji': variable('noto-emoji'),
  'noto-sans-math': {
    name: '@fontsource/noto-sans-math',
    file: 'noto-sans-math-*-400-normal.woff2',
    undeclared: true,
  },
  'noto-sans-symbols-2': {
    name: '@fontsource/noto-sans-symbols-2',
    file: 'noto-sans-symbols-2-*-400-normal.woff2',
  },
}

function variable(id: string): FallbackPackage {
  return { name: `@fontsource-variable/${id}`, file: `${id}-*-wght-normal.woff2` }
}
