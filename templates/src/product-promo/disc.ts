import { easing } from '../../kit/easing.ts'
import type { Format } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { oscillate } from '../../kit/oscillate.ts'
import { fill, stroke } from '../../kit/paint.ts'
import { fade, leaving } from '../../kit/presence.ts'
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
  // Rings fade in once the disc is behind them: a matte for each would cost a layer as large as the picture.
  const opacity = fade(enter + 14, 16, leave === undefined ? undefined : leave - 6, 7)
  const rings = [0.52, 0.8, 1.1].map((share, index) => {
    const [low, high] = [cover * share * 0.985, cover * share * 1.03]
    const wave = { low: [low, low], high: [high, high], period: PERIOD, phase: index * 0.17, frames: FRAMES }
    const line = stroke(palette.color('onPrimary'), 2, { opacity: 16 })
    return shapeLayer(`Breathing ring ${index + 1}`, [ellipse(middle, oscillate(wave)), line], {
      transform: { opacity },
    })
  })
  return [shapeLayer('Disc', [ellipse(middle, size), fill(palette.color('primary'))]), ...rings]
}
