import { around, type Box, centerOf, stack } from '../../kit/box.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { ImageAsset, Layer } from '../../kit/layer.ts'
import { imageLayer, shapeLayer } from '../../kit/layers.ts'
import { oscillate } from '../../kit/oscillate.ts'
import { fill, stroke } from '../../kit/paint.ts'
import { oval } from '../../kit/path.ts'
import { present } from '../../kit/presence.ts'
import { ellipse } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { imageSlot, textSlot } from '../slots.ts'
import { landscape } from './landscape.ts'
import { palette } from './palette.ts'
import { pill } from './pill.ts'
import { FRAMES, PERIOD, SNAPSHOT, stretch } from './timing.ts'
import { body, headline } from './type.ts'

/** Whose story it was, and what to do next. It stays until the end. */
export const end: SceneDefinition = {
  id: 'end',
  name: { en: 'End', fa: 'پایان' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    avatar: imageSlot('Avatar', 'تصویر نمایه'),
    title: textSlot('Title', 'عنوان', 40, 3),
    handle: textSlot('Handle', 'شناسه', 32),
    button: textSlot('Button', 'دکمه', 20),
  },
  cues: [{ frame: 4, file: 'audio/pop.ogg', volume: 0.45 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { safe, type } = format
  const size = type.headline * pick(format, { '16x9': 1.05, '9x16': 1.05, '1x1': 1 })
  const face = pick(format, { '16x9': 240, '9x16': 330, '1x1': 230 })
  const button = type.body * 2.5
  const lines = pick(format, { '16x9': 1, '9x16': 3, '1x1': 2 })
  const [avatar, title, handle, press] = stack(safe, [
    face,
    size * 0.64,
    size * 1.18 * lines,
    size * 0.1,
    type.body * 1.5,
    size * 0.55,
    button,
  ]) as [Box, Box, Box, Box]
  const ink = palette.color('onPrimary')
  return [
    ...landscape(format, 'primary'),
    ...avatarLayers(centerOf(avatar), face),
    textLayer('Title', 'Walk with us next\u00a0time', title, headline(size), ink, {
      slot: 'title',
      animators: [wordsIn(10, 28, size)],
    }),
    textLayer('Handle', '@slow.caravan', handle, body(type.body), ink, {
      slot: 'handle',
      transform: present({ at: centerOf(handle), enter: 22, enterFrames: 24, from: [0, 30] }),
    }),
    ...pill({
      slot: 'button',
      words: 'Follow along',
      box: around(centerOf(press), type.body * 11, button),
      size: type.body,
      enter: 24,
      leaves: false,
      breathes: true,
    }),
  ]
}

function avatarLayers(place: [number, number], size: number): Layer[] {
  const image: ImageAsset = {
    id: 'image_avatar',
    width: size,
    height: size,
    file: 'i/avatar.jpg',
    slot: 'avatar',
  }
  const [low, high] = [size * 1.14, size * 1.22]
  const scale = animate(spring({ at: 2, from: [0, 0], to: [100, 100], frames: 32, damping: 0.5 }))
  const wave = { low: [low, low], high: [high, high], period: PERIOD, frames: FRAMES }
  return [
    shapeLayer('Halo', [ellipse([0, 0], oscillate(wave)), stroke(palette.color('accent'), size * 0.024)], {
      transform: {
        position: place,
        scale: animate(spring({ at: 8, from: [0, 0], to: [100, 100], frames: 34, damping: 0.5 })),
      },
    }),
    shapeLayer('Plate', [ellipse([0, 0], [size, size]), fill(palette.color('surface'))], {
      transform: { position: place, scale },
    }),
    imageLayer('Avatar', image, {
      masks: [{ path: oval([size / 2, size / 2], size / 2) }],
      transform: { position: place, scale },
    }),
  ]
}
