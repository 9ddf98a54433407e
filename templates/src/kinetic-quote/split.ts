import { type Box, centerOf } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { fill } from '../../kit/paint.ts'
import { leaving } from '../../kit/presence.ts'
import { rectangle } from '../../kit/shape.ts'
import { textLayer } from '../../kit/text-layer.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { textSlot } from '../slots.ts'
import { groundLayers } from './ground.ts'
import { grounds, palette } from './palette.ts'
import { FRAMES, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { loud, loudSize } from './type.ts'

/** A sentence in two halves that meet from both sides, one on each ground. */
export const split: SceneDefinition = {
  id: 'split',
  name: { en: 'Two halves', fa: 'دو نیمه' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    upper: textSlot('Upper half', 'نیمهٔ بالا', 48, 4),
    lower: textSlot('Lower half', 'نیمهٔ پایین', 48, 4),
  },
  cues: [{ frame: 2, file: 'audio/whoosh.ogg', volume: 0.5 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { width, height, safe } = format
  const size = loudSize(format) * pick(format, { '16x9': 1.15, '9x16': 1.08, '1x1': 1.05 })
  const half = height / 2
  const padding = pick(format, { '16x9': 60, '9x16': 60, '1x1': 50 })
  const edge = pick(format, { '16x9': padding, '9x16': 280, '1x1': padding })
  const upper = { ...safe, y: edge, height: half - padding - edge }
  const lower = { ...upper, y: half + padding }
  const panel = { x: 0, y: half, width, height: half }
  return [
    ...groundLayers(format, grounds.plain),
    shapeLayer(
      'Lower ground',
      [rectangle({ ...panel, x: -width / 2, y: -half / 2 }), fill(palette.color('accent'))],
      {
        transform: {
          position: animate([
            { at: 0, value: [width / 2, half * 2.5] },
            { at: 18, value: [width / 2, half * 1.5], ease: easing.emphasised },
            ...leaving(LEAVE + 3, 10, [width / 2, half * 1.5], [width / 2, half * 2.5]),
          ]),
        },
      },
    ),
    side('Upper half', 'upper', 'Care about', upper, size, palette.color('text'), -width, 4),
    side('Lower half', 'lower', 'every detail', lower, size, palette.color('onAccent'), width, 9),
  ]
}

function side(
  name: string,
  slot: string,
  words: string,
  box: Box,
  size: number,
  color: ReturnType<typeof palette.color>,
  from: number,
  enter: number,
): Layer {
  const [x, y] = centerOf(box)
  return textLayer(name, words, box, loud(size), color, {
    slot,
    transform: {
      position: animate([
        { at: enter, value: [x + from, y] },
        { at: enter + 28, value: [x, y], ease: easing.emphasised },
        ...leaving(LEAVE, 12, [x, y], [x - from, y]),
      ]),
    },
  })
}
