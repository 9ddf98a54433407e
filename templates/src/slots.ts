import type { manifestSchema } from '@flatrender/contracts/template'
import type { z } from 'zod'

type SlotInput = NonNullable<z.input<typeof manifestSchema>['scenes'][number]['slots']>[string]

/** A text slot: its name in English and Persian, most characters, most lines. */
export function textSlot(en: string, fa: string, maxCharacters: number, maxLines = 1): SlotInput {
  const fit = maxLines === 1 ? 'shrink' : 'wrap+shrink'
  return { type: 'text', name: { en, fa }, maxCharacters, maxLines, fit, minScale: 0.45 }
}

/** A slot that takes a picture or a video. */
export function mediaSlot(en: string, fa: string): SlotInput {
  return { type: 'media', name: { en, fa }, fit: 'cover' }
}

/** A slot that takes a picture; `contain` shows all of it. */
export function imageSlot(en: string, fa: string, fit: 'cover' | 'contain' = 'cover'): SlotInput {
  return { type: 'image', name: { en, fa }, fit }
}
