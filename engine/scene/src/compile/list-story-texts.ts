import { type Lottie, layerTypes } from '../lottie/lottie-json.ts'
import type { TemplatePackage } from '../package/template-package.ts'
import type { Story } from '../story/story.ts'
import type { FallbackText } from '../text/fonts/required-fallbacks.ts'
import { allLayers } from './all-layers.ts'
import { createLottieReader } from './lottie-reader.ts'

/** Every text that a story will show, for choosing fonts before it is compiled. */
export function listStoryTexts(template: TemplatePackage, story: Story, format: string): FallbackText[] {
  const lottieOf = createLottieReader(template, format)
  const language = story.language === undefined ? {} : { language: story.language }
  return story.scenes.flatMap((resolved) => {
    const given = [...resolved.values].flatMap(([id, value]): FallbackText[] => {
      const slot = resolved.scene.slots[id]
      if (value.type !== 'text' || slot?.type !== 'text') return []
      // Capitals may need letters that the words as typed don't.
      return [0, 1].map((caps) => ({
        text: value.text,
        digits: value.digits ?? slot.digits,
        caps,
        ...language,
      }))
    })
    return [...given, ...listLottieTexts(lottieOf(resolved).lottie, language)]
  })
}

/** The texts that an animation itself holds. */
export function listLottieTexts(
  lottie: Lottie,
  language: { readonly language?: string } = {},
): FallbackText[] {
  return allLayers(lottie).flatMap(({ ty, t }) =>
    ty === layerTypes.text && t !== undefined
      ? t.d.k.map(({ s }) => ({ text: s.t, caps: s.ca ?? 0, ...language }))
      : [],
  )
}
