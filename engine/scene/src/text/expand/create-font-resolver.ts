import type { LottieFont } from '../../lottie/lottie-json.ts'
import type { Font } from '../fonts/font.ts'
import { createFontStack, type FontStack } from '../fonts/font-stack.ts'
import { guessLanguage } from '../layout/guess-language.ts'
import { parseFontStyle } from './parse-font-style.ts'
import type { FontResolver } from './text-expansion.ts'

/** The fonts that a scene's texts may be set in. */
export interface SceneFonts {
  /** Lottie's `fonts.list`. */
  readonly list: readonly LottieFont[]
  /** The template's fonts, opened. */
  readonly fonts: readonly Font[]
  /** The fallback fonts that the texts need, opened. */
  readonly fallbacks: readonly Font[]
}

/** Finds and orders the fonts for each text of a scene. The resolver throws FONT_MISSING when there is none at all. */
export function createFontResolver({ list, fonts, fallbacks }: SceneFonts): FontResolver {
  const stacks = new Map<string, FontStack>()
  return (fontName, wanted, text) => {
    const entry = list.find((font) => font.fName === fontName)
    const family = entry?.fFamily ?? fontName
    const { weight, style } = parseFontStyle(entry?.fStyle ?? fontName)
    const language = guessLanguage(text, wanted)
    const key = `${fontName} ${language}`
    const stack =
      stacks.get(key) ??
      createFontStack({
        family,
        style,
        weight: numeric(entry?.fWeight) ?? weight,
        fonts,
        fallbacks,
        language,
      })
    stacks.set(key, stack)
    return {
      stack,
      ...(entry?.ascent ? { ascent: entry.ascent / 100 } : {}),
      ...(stack.familyFound ? {} : { missingFont: `${family} ${entry?.fStyle ?? ''}`.trim() }),
    }
  }
}

function numeric(weight: string | undefined): number | undefined {
  const number = Number(weight)
  return weight !== undefined && weight !== '' && number >= 1 && number <= 1000 ? number : undefined
}
