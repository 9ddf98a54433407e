import { easing } from '../../kit/easing.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { fill, stroke, trim } from '../../kit/paint.ts'
import { polyline } from '../../kit/path.ts'
import { seedRandom } from '../../kit/seed-random.ts'
import { ellipse, group, pathShape, type Shape } from '../../kit/shape.ts'
import { palette } from './palette.ts'
import { IMPACT } from './timing.ts'

type Point = [number, number]

/** Streaks that run into the middle before the impact. `reach` is where they begin, in pixels. */
export function incoming(middle: Point, reach: number): Layer {
  const random = seedRandom(3)
  const count = 16
  const streaks = Array.from({ length: count }, (_, index): Shape => {
    const start = Math.floor(random() * 8)
    const end = IMPACT - 1 + Math.floor(random() * 3)
    const from = reach * (0.8 + random() * 0.35)
    const head = animate([
      { at: start, value: 0 },
      { at: end, value: 100, ease: easing.accelerate },
    ])
    const tail = animate([
      { at: start + 6, value: 0 },
      { at: end + 5, value: 100, ease: easing.accelerate },
    ])
    const color = palette.color(index % 3 === 0 ? 'accent' : index % 3 === 1 ? 'primary' : 'text')
    return group(
      `Streak ${index + 1}`,
      [
        pathShape(
          polyline([
            [from, 0],
            [reach * 0.06, 0],
          ]),
        ),
        trim(tail, head),
        stroke(color, 3 + random() * 4),
      ],
      { rotation: (360 / count) * index + random() * 10 },
    )
  })
  return shapeLayer('Incoming', streaks, { out: IMPACT + 10, transform: { position: middle } })
}

/** A spark that gathers in the middle and is gone when the mark appears. */
export function spark(middle: Point, size: number): Layer {
  const diameter = animate([
    { at: 0, value: [0, 0] },
    { at: IMPACT - 8, value: [size, size], ease: easing.standard },
    { at: IMPACT - 3, value: [size * 0.55, size * 0.55], ease: easing.standard },
    { at: IMPACT + 3, value: [size * 3, size * 3], ease: easing.accelerate },
  ])
  const opacity = animate([
    { at: IMPACT - 3, value: 100 },
    { at: IMPACT + 4, value: 0, ease: easing.standard },
  ])
  const halo = animate([
    { at: 0, value: [0, 0] },
    { at: IMPACT - 4, value: [size * 3.4, size * 3.4], ease: easing.emphasised },
  ])
  return shapeLayer(
    'Spark',
    [
      group('Core', [ellipse([0, 0], diameter), fill(palette.color('text'))]),
      group('Halo', [ellipse([0, 0], halo), fill(palette.color('accent'), 26)]),
    ],
    { out: IMPACT + 5, transform: { position: middle, opacity } },
  )
}

/** What flies apart at the impact: two rings that thin out and small discs. */
export function outgoing(middle: Point, reach: number): Layer {
  const random = seedRandom(9)
  const specks = Array.from({ length: 22 }, (_, index): Shape => {
    const angle = (index / 22) * Math.PI * 2 + random() * 0.25
    const far = reach * (0.42 + random() * 0.58)
    const size = 8 + random() * 16
    const end = IMPACT + 22 + Math.floor(random() * 16)
    const place = animate([
      { at: IMPACT, value: [0, 0] },
      { at: end, value: [Math.cos(angle) * far, Math.sin(angle) * far], ease: easing.emphasised },
    ])
    const diameter = animate([
      { at: IMPACT, value: [size, size] },
      { at: end, value: [0, 0], ease: easing.accelerate },
    ])
    const color = palette.color(index % 2 === 0 ? 'accent' : 'primary')
    return group(`Speck ${index + 1}`, [ellipse(place, diameter), fill(color)])
  })
  return shapeLayer(
    'Outgoing',
    [...specks, ring(reach * 1.7, 0, 'accent'), ring(reach * 2.3, 4, 'primary')],
    {
      in: IMPACT,
      out: IMPACT + 42,
      transform: { position: middle },
    },
  )
}

function ring(size: number, delay: number, role: 'accent' | 'primary'): Shape {
  const start = IMPACT + delay
  return group(`Shock ${role}`, [
    ellipse(
      [0, 0],
      animate([
        { at: start, value: [0, 0] },
        { at: start + 30, value: [size, size], ease: easing.emphasised },
      ]),
    ),
    stroke(
      palette.color(role),
      animate([
        { at: start, value: size * 0.05 },
        { at: start + 30, value: 0, ease: easing.decelerate },
      ]),
    ),
  ])
}
