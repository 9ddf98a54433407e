import type { Format } from '../../kit/format.ts'
import { pick } from '../../kit/format.ts'
import type { TextStyle } from '../../kit/text-layer.ts'
import { face, latinFont, persianFont } from '../faces.ts'

/** The fonts of the package, Latin and Persian. */
export const fonts = [
  latinFont('Space Grotesk', 'Bold'),
  latinFont('Space Grotesk', 'Medium'),
  persianFont('Bold'),
  persianFont('Medium'),
]

/** Words as large as they come: the box, not the size, is what limits them. */
export function loud(size: number, style: Partial<TextStyle> = {}): TextStyle {
  return {
    face: face('Space Grotesk', 'Bold'),
    size,
    leading: 1.08,
    tracking: -28,
    align: 'center',
    vertical: 'center',
    ...style,
  }
}

/** Quiet words beside the loud ones. */
export function quiet(size: number): TextStyle {
  return { face: face('Space Grotesk', 'Medium'), size, leading: 1.35, align: 'center', vertical: 'center' }
}

/** The size of a sentence that fills the picture. */
export function loudSize(format: Format): number {
  return pick(format, { '16x9': 196, '9x16': 172, '1x1': 148 })
}
