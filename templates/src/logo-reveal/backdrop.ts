import type { Format } from '../../kit/format.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { oscillate, sway } from '../../kit/oscillate.ts'
import { fill, paletteGradient, stroke } from '../../kit/paint.ts'
import { ellipse, group, rectangle } from '../../kit/shape.ts'
import { palette } from './palette.ts'
import { FRAMES, PERIOD } from './timing.ts'

/** A room with light in its middle that breathes. */
export function backdrop({ full, width, height }: Format): Layer[] {
  const middle = [width / 2, height / 2]
  const long = Math.max(width, height)
  const [near, far] = [long * 0.6, long * 0.68]
  const rim = oscillate({
    low: [width / 2 + near, height / 2],
    high: [width / 2 + far, height / 2],
    period: PERIOD,
    frames: FRAMES,
  })
  const light = paletteGradient(palette, ['glow', 'background'], middle, rim)
  return [shapeLayer('Room', [rectangle(full), light]), orbits(middle, long)]
}

/** Two thin rings, each with a satellite that swings to and fro. */
function orbits(middle: number[], long: number): Layer {
  const ring = (share: number, index: number) => {
    const radius = (long * share) / 2
    return group(
      `Orbit ${index}`,
      [
        group('Satellite', [
          ellipse([radius, 0], [long * 0.009, long * 0.009]),
          fill(palette.color(index ? 'accent' : 'primary'), 80),
        ]),
        group('Ring', [
          ellipse([0, 0], [radius * 2, radius * 2]),
          stroke(palette.color('text'), 1.5, { opacity: 10 }),
        ]),
      ],
      {
        rotation: sway(index ? 205 : -35, index ? 16 : -12, {
          period: PERIOD,
          phase: index * 0.25,
          frames: FRAMES,
        }),
      },
    )
  }
  return shapeLayer('Orbits', [ring(0.62, 0), ring(0.86, 1)], { transform: { position: middle } })
}
