import type { Format } from '../kit/format.ts'
import type { Layer } from '../kit/layer.ts'
import { shapeLayer } from '../kit/layers.ts'
import { gradientFill } from '../kit/paint.ts'
import { fade } from '../kit/presence.ts'
import { still } from '../kit/property.ts'
import { rectangle } from '../kit/shape.ts'

/** White, whatever the palette: it stands on the veil. */
export const white = still([1, 1, 1, 1])

/** A dark veil over the lower part of a picture, so that white words can be read on whatever it shows. */
export function veil({ full, height }: Format, enter: number, leave?: number): Layer {
  const black = [0.03, 0.02, 0.06] as const
  // No larger than it must be: a gradient costs by the pixel.
  const top = Math.round(height * 0.36)
  const stops = [
    { at: 0, color: black, opacity: 0 },
    { at: 0.4, color: black, opacity: 0.36 },
    { at: 1, color: black, opacity: 0.82 },
  ]
  return shapeLayer(
    'Veil',
    [
      rectangle({ ...full, y: top, height: height - top }),
      gradientFill('linear', [0, top], [0, height], stops),
    ],
    {
      transform: { opacity: fade(enter, 20, leave, 10) },
    },
  )
}
