import type { TextStyle } from '../../kit/text-layer.ts'
import { face, latinFont, persianFont } from '../faces.ts'

/** The fonts of the package, Latin and Persian. */
export const fonts = [
  latinFont('Manrope', 'ExtraBold'),
  latinFont('Manrope', 'SemiBold'),
  persianFont('ExtraBold'),
  persianFont('Medium'),
]

/** Large words. */
export function headline(size: number, style: Partial<TextStyle> = {}): TextStyle {
  const base = { leading: 1.16, tracking: -22, align: 'center', vertical: 'center' } as const
  return { face: face('Manrope', 'ExtraBold'), size, ...base, ...style }
}

/** Small words. */
export function body(size: number, style: Partial<TextStyle> = {}): TextStyle {
  const base = { leading: 1.42, align: 'center', vertical: 'center' } as const
  return { face: face('Manrope', 'SemiBold'), size, ...base, ...style }
}
