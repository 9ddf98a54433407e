import { around, type Box } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { sway } from '../../kit/oscillate.ts'
import { fill } from '../../kit/paint.ts'
import { leaving } from '../../kit/presence.ts'
import { group, star } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD } from './timing.ts'
import { headline } from './type.ts'

/** A scalloped badge on the panel's corner. The star sways, the words stand still. */
export function offerBadge(format: Format, panel: Box): Layer[] {
  const radius = pick(format, { '16x9': 120, '9x16': 124, '1x1': 100 })
  const inside = pick(format, { '16x9': 0.55, '9x16': 0.9, '1x1': 0.8 })
  const place: [number, number] = [panel.x + panel.width - radius * inside, panel.y + radius * 0.2]
  const scale = animate([
    ...spring({ at: 20, from: [0, 0], to: [100, 100], frames: 30, damping: 0.4 }),
    ...leaving(LEAVE, 10, [100, 100], [0, 0]),
  ])
  const words = around(place, radius * 1.62, radius * 0.8)
  return [
    shapeLayer(
      'Badge',
      [
        group('Star', [star([0, 0], 14, radius, radius * 0.88), fill(palette.color('accent'))], {
          rotation: sway(0, 7, { period: PERIOD, frames: FRAMES }),
        }),
      ],
      {
        transform: {
          position: place,
          scale,
          rotation: animate([
            { at: 20, value: -120 },
            { at: 48, value: 0, ease: easing.emphasised },
          ]),
        },
      },
    ),
    textLayer(
      'Badge text',
      '−30%',
      words,
      headline(radius * 0.44, { align: 'center', tracking: 0 }),
      palette.color('onAccent'),
      {
        slot: 'badge',
        transform: { position: place, scale, rotation: -8 },
      },
    ),
  ]
}
