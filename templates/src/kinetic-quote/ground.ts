import { easing } from '../../kit/easing.ts'
import type { Format } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { sway } from '../../kit/oscillate.ts'
import { fill, stroke } from '../../kit/paint.ts'
import { fade, leaving } from '../../kit/presence.ts'
import { still } from '../../kit/property.ts'
import { ellipse, group, rectangle } from '../../kit/shape.ts'
import { type Ground, grounds, palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD } from './timing.ts'

/** The plain ground, and over it the accent one, which opens from a line and closes to it again. */
export function groundLayers(format: Format, ground: Ground): Layer[] {
  const { full, width, height } = format
  const plain = shapeLayer('Ground', [rectangle(full), fill(palette.color('background'))])
  if (ground === grounds.plain) return [plain, rings(format, ground)]
  const size = animate([
    { at: 0, value: [0, height * 0.012] },
    { at: 8, value: [width, height * 0.012], ease: easing.standard },
    { at: 22, value: [width, height], ease: easing.grand },
    { at: LEAVE + 2, value: [width, height], hold: true },
    { at: FRAMES - 1, value: [width, 0], ease: easing.leave },
  ])
  const panel = { ty: 'rc', d: 1, p: still([width / 2, height / 2]), s: size, r: still(0) }
  return [
    plain,
    shapeLayer('Panel', [panel, fill(palette.color('accent'))]),
    { ...rings(format, ground), transform: { opacity: fade(14, 12, LEAVE - 4, 8) } },
  ]
}

/** Two large rings in opposite corners that swing slowly. */
function rings({ width, height }: Format, { ink }: Ground): Layer {
  const long = Math.max(width, height)
  const ring = (name: string, x: number, y: number, size: number, phase: number) =>
    group(name, [ellipse([0, 0], [size, size]), stroke(palette.color(ink), size * 0.16, { opacity: 6 })], {
      position: {
        x: sway(x, long * 0.008, { period: PERIOD, phase, frames: FRAMES }),
        y: sway(y, long * 0.014, { period: PERIOD, phase: phase + 0.25, frames: FRAMES }),
      },
    })
  return shapeLayer('Rings', [
    ring('Upper', width * 0.94, height * 0.08, long * 0.42, 0),
    ring('Lower', width * 0.05, height * 0.95, long * 0.3, 0.4),
  ])
}

/** Two slanted bars, this template's quotation mark: they mean the same in every script. */
export function bars(format: Format, [x, y]: [number, number], height: number, enter: number): Layer[] {
  const width = height * 0.34
  return [-1, 1].map((side, index) => {
    const place: [number, number] = [x + side * width * 0.86, y]
    return shapeLayer(
      index === 0 ? 'First bar' : 'Second bar',
      [
        group('Bar', [
          rectangle({ x: -width / 2, y: -height / 2, width, height }, width * 0.18),
          fill(palette.color('detail')),
        ]),
      ],
      {
        transform: {
          rotation: 14,
          position: animate([
            {
              at: enter + index * 4,
              value: [place[0] + format.height * 0.12, place[1] - format.height * 0.5],
            },
            { at: enter + index * 4 + 20, value: place, ease: easing.emphasised },
            ...leaving(LEAVE + index * 2, 11, place, [
              place[0] - format.height * 0.13,
              place[1] + format.height * 0.55,
            ]),
          ]),
          opacity: animate([
            { at: enter + index * 4, value: 0 },
            { at: enter + index * 4 + 4, value: 100, ease: easing.standard },
            ...leaving(LEAVE + index * 2, 11, 100, 0),
          ]),
        },
      },
    )
  })
}
