import type { Face } from '../kit/layer.ts'
import type { FontDefinition } from './package/scene-definition.ts'

const licence = 'OFL-1.1'

/** Weights of the faces that the starter templates are set in; each is a face and a font file. */
const weights = { Medium: 500, SemiBold: 600, Bold: 700, ExtraBold: 800 } as const
type Style = keyof typeof weights

/** A face of a family, such as `face('Sora', 'Bold')`. */
export function face(family: string, style: Style): Face {
  return { name: `${family.replaceAll(' ', '')}-${style}`, family, style }
}

/** A Latin font of @fontsource. */
export function latinFont(family: string, style: Style): FontDefinition {
  const name = family.toLowerCase().replaceAll(' ', '-')
  const weight = weights[style]
  const source = `@fontsource/${name}/files/${name}-latin-${weight}-normal.woff2`
  return { family, style, weight, source, licence }
}

/** The Persian companion of a Latin font. */
export function persianFont(style: Style): FontDefinition {
  const source = `vazirmatn/fonts/webfonts/Vazirmatn-${style}.woff2`
  return { family: 'Vazirmatn', style, weight: weights[style], source, licence }
}
