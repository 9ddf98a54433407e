import { kineticQuote } from './kinetic-quote/template.ts'
import { logoReveal } from './logo-reveal/template.ts'
import type { TemplateDefinition } from './package/scene-definition.ts'
import { productPromo } from './product-promo/template.ts'
import { storySlides } from './story-slides/template.ts'

/** Every starter template, in the order in which they are shown. */
export const templates: readonly TemplateDefinition[] = [productPromo, logoReveal, kineticQuote, storySlides]
