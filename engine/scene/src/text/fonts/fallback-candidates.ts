import type { FallbackId } from './fallback-id.ts'

const byScript: Readonly<Record<string, readonly FallbackId[]>> = {
  Latn: ['noto-sans'],
  Grek: ['noto-sans'],
  Cyrl: ['noto-sans'],
  Hebr: ['noto-sans-hebrew'],
  Deva: ['noto-sans-devanagari', 'noto-sans'],
  Beng: ['noto-sans-bengali'],
  Thai: ['noto-sans-thai'],
  Hira: ['noto-sans-jp'],
  Kana: ['noto-sans-jp'],
  Hang: ['noto-sans-kr'],
  Bopo: ['noto-sans-sc'],
  Zsye: ['noto-emoji', 'noto-sans-symbols-2'],
}

const symbols: readonly FallbackId[] = ['noto-sans', 'noto-sans-math', 'noto-sans-symbols-2', 'noto-emoji']

/**
 * The fonts of ours that may set a script, best first. `script` is ISO 15924, with `Zsye` for emoji and `Zyyy` for
 * what belongs to no script; the language decides between the naskh and nastaliq hands and between the Han styles.
 */
export function fallbackCandidates(script: string, language: string): readonly FallbackId[] {
  const base = language.toLowerCase().split('-')[0] ?? ''
  if (script === 'Arab') {
    return base === 'ur' || base === 'ks'
      ? ['noto-nastaliq-urdu', 'noto-naskh-arabic', 'vazirmatn']
      : ['vazirmatn', 'noto-naskh-arabic']
  }
  if (script === 'Hani') return hanCandidates(base)
  const own = byScript[script]
  if (own !== undefined) return own
  return [...symbols, ...hanCandidates(base)]
}

function hanCandidates(language: string): readonly FallbackId[] {
  if (language === 'ja') return ['noto-sans-jp', 'noto-sans-sc', 'noto-sans-kr']
  if (language === 'ko') return ['noto-sans-kr', 'noto-sans-jp', 'noto-sans-sc']
  return ['noto-sans-sc', 'noto-sans-jp', 'noto-sans-kr']
}
