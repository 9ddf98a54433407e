import type { Box } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { ImageAsset, Layer } from '../../kit/layer.ts'
import { imageLayer, nullLayer, shapeLayer } from '../../kit/layers.ts'
import { sway } from '../../kit/oscillate.ts'
import { fill } from '../../kit/paint.ts'
import { leaving } from '../../kit/presence.ts'
import { still } from '../../kit/property.ts'
import { rectangle } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { mediaSlot, textSlot } from '../slots.ts'
import { landscape } from './landscape.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD, SNAPSHOT, stretch } from './timing.ts'
import { headline } from './type.ts'

/** A print that drops onto the page and swings to rest, with words on its margin. */
export const photo: SceneDefinition = {
  id: 'photo',
  name: { en: 'Print', fa: 'عکس' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    picture: mediaSlot('Picture or video', 'تصویر یا ویدیو'),
    caption: textSlot('Caption', 'زیرنویس', 60, 2),
  },
  cues: [{ frame: 2, file: 'audio/shutter.ogg', volume: 0.5 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { width, height, type } = format
  const print = pick(format, {
    '16x9': { width: 1180, height: 880, border: 36 },
    '9x16': { width: 880, height: 1240, border: 36 },
    '1x1': { width: 820, height: 880, border: 30 },
  })
  const size = type.title * pick(format, { '16x9': 0.8, '9x16': 0.88, '1x1': 0.84 })
  const margin = size * 1.16 * pick(format, { '16x9': 1, '9x16': 2, '1x1': 1 }) + print.border * 1.6
  const local: Box = { x: -print.width / 2, y: -print.height / 2, width: print.width, height: print.height }
  const picture: Box = {
    x: local.x + print.border,
    y: local.y + print.border,
    width: print.width - 2 * print.border,
    height: print.height - print.border - margin,
  }
  const caption = { ...picture, y: picture.y + picture.height, height: margin }
  const rig = swing(format, [width / 2, height / 2])
  const image: ImageAsset = {
    id: 'image_picture',
    width: picture.width,
    height: Math.round(picture.height),
    file: 'i/oasis.jpg',
    slot: 'picture',
  }
  return [
    ...landscape(format),
    rig,
    shapeLayer('Shade', [rectangle(local, 18), fill(still([0, 0, 0, 1]), 14)], {
      parent: rig,
      transform: { position: [14, 22] },
    }),
    shapeLayer('Paper', [rectangle(local, 18), fill(palette.color('surface'))], { parent: rig }),
    imageLayer('Picture', image, {
      parent: rig,
      transform: { position: [0, picture.y + picture.height / 2] },
    }),
    textLayer('Caption', 'The first shade after noon', caption, headline(size), palette.color('text'), {
      slot: 'caption',
      parent: rig,
      animators: [wordsIn(16, 26, size)],
    }),
  ]
}

/** What the print hangs on: it drops, swings to rest and is thrown upwards at the end. */
function swing({ height }: Format, [x, y]: [number, number]): Layer {
  const rest = -2.5
  return nullLayer('Print', {
    transform: {
      position: animate([
        { at: 0, value: [x, y - height] },
        { at: 24, value: [x, y], ease: easing.emphasised },
        ...leaving(LEAVE, 13, [x, y], [x, y - height * 1.1]),
      ]),
      rotation: animate([
        ...spring({ at: 4, from: -16, to: rest, frames: 44, damping: 0.3 }),
        ...leaving(LEAVE, 13, rest, 9),
      ]),
      scale: sway([100, 100], [0.8, 0.8], { period: PERIOD, frames: FRAMES }),
    },
  })
}
