import type { TextStyle } from '../../kit/text-layer.ts'
import { face, latinFont, persianFont } from '../faces.ts'

/** The fonts of the package, Latin and Persian. */
export const fonts = [
  latinFont('Manrope', 'ExtraBold'),
  latinFont('Manrope', 'SemiBold'),
  persianFont('ExtraBold'),
  persianFont('Medium'),
]

/** A name in large letters. */
export function nameStyle(size: number): TextStyle {
  return {
    face: face('Manrope', 'ExtraBold'),
    size,
    leading: 1.2,
    tracking: -20,
    align: 'center',
    vertical: 'center',
  }
}

/** The line under it. */
export function taglineStyle(size: number): TextStyle {
  return { face: face('Manrope', 'SemiBold'), size, leading: 1.4, align: 'center', vertical: 'center' }
}
