import { type Format, pick } from '../../kit/format.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { sway } from '../../kit/oscillate.ts'
import { fill, stroke } from '../../kit/paint.ts'
import { ellipse, rectangle } from '../../kit/shape.ts'
import { palette } from './palette.ts'
import { FRAMES, PERIOD } from './timing.ts'

/**
 * The paper behind every scene: two large discs and a ring that drift. It never comes or goes, so that scenes
 * join without a seam whichever follow each other.
 */
export function backdrop(format: Format, frames = FRAMES): Layer[] {
  const { full, width, height } = format
  const short = Math.min(width, height)
  const wave = { period: PERIOD, frames }
  return [
    shapeLayer('Paper', [rectangle(full), fill(palette.color('background'))]),
    shapeLayer(
      'Large disc',
      [ellipse([0, 0], [short * 1.1, short * 1.1]), fill(palette.color('primary'), 7)],
      {
        transform: {
          position: {
            x: sway(width * 0.93, short * 0.02, { ...wave, phase: 0.1 }),
            y: sway(height * 0.1, short * 0.03, { ...wave, phase: 0.35 }),
          },
        },
      },
    ),
    shapeLayer(
      'Small disc',
      [ellipse([0, 0], [short * 0.62, short * 0.62]), fill(palette.color('accent'), 14)],
      {
        transform: {
          position: {
            x: sway(width * 0.04, short * 0.03, { ...wave, phase: 0.6 }),
            y: sway(height * 0.94, short * 0.02, { ...wave, phase: 0.85 }),
          },
        },
      },
    ),
    shapeLayer(
      'Ring',
      [ellipse([0, 0], [short * 0.5, short * 0.5]), stroke(palette.color('primary'), 2, { opacity: 22 })],
      {
        transform: {
          position: {
            x: sway(width * pick(format, { '16x9': 0.72, '9x16': 0.9, '1x1': 0.8 }), short * 0.015, {
              ...wave,
              phase: 0.2,
            }),
            y: sway(height * 0.98, short * 0.03, { ...wave, phase: 0 }),
          },
        },
      },
    ),
  ]
}
