import { easing } from '../../kit/easing.ts'
import type { Format } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { oscillate } from '../../kit/oscillate.ts'
import { fill, stroke } from '../../kit/paint.ts'
import { leaving } from '../../kit/presence.ts'
import { ellipse } from '../../kit/shape.ts'
import { palette } from './palette.ts'
import { FRAMES, PERIOD } from './timing.ts'

/** A disc of the main colour that grows over the picture, with rings that breathe on it. */
export function coveringDisc({ width, height }: Format, enter: number, leave?: number): Layer[] {
  const middle = [width / 2, height / 2]
  const cover = Math.hypot(width, height) * 1.02
  const size = animate([
    { at: enter, value: [0, 0] },
    { at: enter + 23, value: [cover, cover], ease: easing.grand },
    ...leaving(leave, 12, [cover, cover], [0, 0]),
  ])
  const rings = [0.52, 0.8, 1.1].map((share, index) => {
    const [low, high] = [cover * share * 0.985, cover * share * 1.03]
    const wave = { low: [low, low], high: [high, high], period: PERIOD, phase: index * 0.17, frames: FRAMES }
    const matte = shapeLayer(`Disc matte ${index + 1}`, [
      ellipse(middle, size),
      fill(palette.color('onPrimary')),
    ])
    return shapeLayer(
      `Breathing ring ${index + 1}`,
      [ellipse(middle, oscillate(wave)), stroke(palette.color('onPrimary'), 2, { opacity: 16 })],
      { matte: { layer: matte, mode: 'alpha' } },
    )
  })
  return [shapeLayer('Disc', [ellipse(middle, size), fill(palette.color('primary'))]), ...rings]
}
