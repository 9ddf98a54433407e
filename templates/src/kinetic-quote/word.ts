import { around, type Box } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { nullLayer } from '../../kit/layers.ts'
import { oscillate } from '../../kit/oscillate.ts'
import { leaving } from '../../kit/presence.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { textSlot } from '../slots.ts'
import { groundLayers } from './ground.ts'
import { grounds, palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD, SNAPSHOT, stretch } from './timing.ts'
import { loud } from './type.ts'

/** One word that fills the picture; its echoes slide out above and below. */
export const word: SceneDefinition = {
  id: 'word',
  name: { en: 'One word', fa: 'یک واژه' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: { word: textSlot('Word', 'واژه', 16) },
  cues: [{ frame: 3, file: 'audio/knock.ogg', volume: 0.7 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { width, height, safe } = format
  const size = pick(format, { '16x9': 340, '9x16': 250, '1x1': 240 })
  const step = size * pick(format, { '16x9': 0.98, '9x16': 1.02, '1x1': 1 })
  const box = around([width / 2, height / 2], safe.width, size * 1.3)
  const echoes = pick(format, { '16x9': 1, '9x16': 3, '1x1': 2 })
  const rig = nullLayer('Rig', {
    transform: {
      position: [width / 2, height / 2],
      scale: oscillate({ low: [100, 100], high: [102, 102], period: PERIOD, frames: FRAMES }),
    },
  })
  const offsets = Array.from({ length: echoes }, (_, index) => [-(index + 1), index + 1]).flat()
  return [
    ...groundLayers(format, grounds.accent),
    rig,
    ...offsets.map((offset) => echo(box, size, offset, step, rig)),
    textLayer('Word', 'Enough', box, loud(size), palette.color('onAccent'), {
      slot: 'word',
      parent: rig,
      transform: {
        position: [0, 0],
        scale: animate([
          ...spring({ at: 8, from: [0, 0], to: [100, 100], frames: 30, damping: 0.45 }),
          ...leaving(LEAVE, 11, [100, 100], [0, 0]),
        ]),
      },
    }),
  ]
}

function echo(box: Box, size: number, offset: number, step: number, rig: Layer): Layer {
  const name = `Echo ${offset < 0 ? 'above' : 'below'} ${Math.abs(offset)}`
  const place = [0, offset * step]
  const start = 16 + Math.abs(offset) * 3
  const opacity = 30 / Math.abs(offset)
  return textLayer(name, 'Enough', box, loud(size), palette.color('onAccent'), {
    slot: 'word',
    parent: rig,
    transform: {
      position: animate([
        { at: start, value: [0, 0] },
        { at: start + 24, value: place, ease: easing.emphasised },
        ...leaving(LEAVE, 9, place, [0, 0]),
      ]),
      opacity: animate([
        { at: start, value: 0 },
        { at: start + 8, value: opacity, ease: easing.standard },
        ...leaving(LEAVE, 9, opacity, 0),
      ]),
    },
  })
}
