import type { TextStyle } from '../../kit/text-layer.ts'
import { face, latinFont, persianFont } from '../faces.ts'

const bold = face('Sora', 'Bold')
const medium = face('Manrope', 'SemiBold')

/** The fonts of the package, Latin and Persian. */
export const fonts = [
  latinFont('Sora', 'Bold'),
  latinFont('Manrope', 'SemiBold'),
  persianFont('Bold'),
  persianFont('Medium'),
]

/** Large words: tight lines, a little negative tracking. */
export function headline(size: number, style: Partial<TextStyle> = {}): TextStyle {
  return { face: bold, size, leading: 1.16, tracking: -15, vertical: 'center', ...style }
}

/** Running words: open lines. */
export function body(size: number, style: Partial<TextStyle> = {}): TextStyle {
  return { face: medium, size, leading: 1.45, vertical: 'center', ...style }
}
