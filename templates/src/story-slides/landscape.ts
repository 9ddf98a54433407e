import type { Format } from '../../kit/format.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { sway } from '../../kit/oscillate.ts'
import { fill } from '../../kit/paint.ts'
import type { Path } from '../../kit/path.ts'
import { ellipse, pathShape, rectangle } from '../../kit/shape.ts'
import { palette } from './palette.ts'
import { FRAMES, PERIOD } from './timing.ts'

type Point = [number, number]

/** Sky, a sun and two ranges of hills that drift past each other. On `primary` the sky is the main colour. */
export function landscape(format: Format, sky: 'background' | 'primary' = 'background'): Layer[] {
  const { full, width, height } = format
  const short = Math.min(width, height)
  const hill = sky === 'primary' ? palette.color('onPrimary') : palette.color('primary')
  const wave = { period: PERIOD, frames: FRAMES }
  const sun = short * 0.5
  return [
    shapeLayer('Sky', [rectangle(full), fill(palette.color(sky))]),
    shapeLayer(
      'Sun',
      [ellipse([0, 0], [sun, sun]), fill(palette.color('accent'), sky === 'primary' ? 30 : 26)],
      {
        transform: {
          position: { x: width * 0.84, y: sway(height * 0.1, short * 0.012, { ...wave, phase: 0.2 }) },
        },
      },
    ),
    range('Far hills', format, height * 0.84, short * 0.075, 5, hill, 9, 0),
    range('Near hills', format, height * 0.91, short * 0.06, 4, hill, 12, 0.4),
  ]
}

function range(
  name: string,
  format: Format,
  top: number,
  swell: number,
  crests: number,
  color: ReturnType<typeof palette.color>,
  opacity: number,
  phase: number,
): Layer {
  const drift = format.width * 0.02
  return shapeLayer(name, [pathShape(hills(format, top, swell, crests)), fill(color, opacity)], {
    transform: { position: { x: sway(0, drift, { period: PERIOD, phase, frames: FRAMES }), y: 0 } },
  })
}

/** A closed wave that is wider than the picture on both sides. */
function hills({ width, height }: Format, top: number, swell: number, crests: number): Path {
  const step = (width * 1.3) / crests
  const crest = Array.from(
    { length: crests + 1 },
    (_, index): Point => [-width * 0.15 + index * step, top + (index % 2 === 0 ? swell : -swell)],
  )
  const handle = (side: number): Point[] => crest.map(() => [side * step * 0.42, 0])
  const bottom: Point[] = [
    [width * 1.15, height + 10],
    [-width * 0.15, height + 10],
  ]
  const none: Point[] = [
    [0, 0],
    [0, 0],
  ]
  const ins = handle(-1)
  const outs = handle(1)
  ins[0] = [0, 0]
  outs[outs.length - 1] = [0, 0]
  return {
    vertices: [...crest, ...bottom],
    tangentsIn: [...ins, ...none],
    tangentsOut: [...outs, ...none],
    closed: true,
  }
}
