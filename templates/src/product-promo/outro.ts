import { around, type Box, centerOf, stack } from '../../kit/box.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { ImageAsset, Layer } from '../../kit/layer.ts'
import { imageLayer, nullLayer, shapeLayer } from '../../kit/layers.ts'
import { oscillate } from '../../kit/oscillate.ts'
import { fill } from '../../kit/paint.ts'
import { present } from '../../kit/presence.ts'
import { ellipse, rectangle } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { imageSlot, textSlot } from '../slots.ts'
import { white } from '../veil.ts'
import { backdrop } from './backdrop.ts'
import { coveringDisc } from './disc.ts'
import { palette } from './palette.ts'
import { FRAMES, PERIOD, SNAPSHOT, stretch } from './timing.ts'
import { body, headline } from './type.ts'

/** The mark, a last line, a button. It stays until the end. */
export const outro: SceneDefinition = {
  id: 'outro',
  name: { en: 'Outro', fa: 'پایان' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    logo: imageSlot('Logo', 'نشان', 'contain'),
    title: textSlot('Title', 'عنوان', 48, 3),
    button: textSlot('Button', 'دکمه', 24),
    link: textSlot('Link', 'نشانی', 40),
  },
  cues: [
    { frame: 4, file: 'audio/whoosh.ogg', volume: 0.5 },
    { frame: 36, file: 'audio/pop.ogg', volume: 0.45 },
  ],
  draw,
}

function draw(format: Format): Layer[] {
  const { type, safe } = format
  const size = type.headline * pick(format, { '16x9': 1.12, '9x16': 1.1, '1x1': 1.05 })
  const mark = pick(format, { '16x9': 190, '9x16': 230, '1x1': 170 })
  const button = { width: type.body * 12, height: type.body * 2.5 }
  const [logo, title, press, link] = stack(safe, [
    mark,
    size * 0.5,
    size * 1.18 * pick(format, { '16x9': 2, '9x16': 3, '1x1': 2 }),
    size * 0.5,
    button.height,
    size * 0.34,
    type.body * 1.4,
  ]) as [Box, Box, Box, Box]
  const ink = palette.color('onPrimary')
  return [
    ...backdrop(format),
    ...coveringDisc(format, 0),
    ...logoLayers(centerOf(logo), mark),
    textLayer('Title', 'Bring the daylight in', title, headline(size, { align: 'center' }), ink, {
      slot: 'title',
      animators: [wordsIn(20, 26, size)],
    }),
    ...buttonLayers(around(centerOf(press), button.width, button.height), type.body),
    textLayer('Link', 'lumo.example', link, body(type.body, { align: 'center' }), ink, {
      slot: 'link',
      transform: present({ at: centerOf(link), enter: 38, enterFrames: 12, from: [0, 24] }),
    }),
  ]
}

/** The mark on a round plate, so that it can be seen whatever its colour. */
function logoLayers(place: [number, number], size: number): Layer[] {
  const scale = animate(spring({ at: 14, from: [0, 0], to: [100, 100], frames: 30, damping: 0.45 }))
  const room = Math.round(size * 0.62)
  const image: ImageAsset = { id: 'image_logo', width: room, height: room, file: 'i/logo.png', slot: 'logo' }
  return [
    shapeLayer('Plate', [ellipse([0, 0], [size, size]), fill(white)], {
      transform: { position: place, scale },
    }),
    imageLayer('Logo', image, {
      transform: {
        position: place,
        scale: animate(spring({ at: 18, from: [0, 0], to: [100, 100], frames: 30, damping: 0.5 })),
      },
    }),
  ]
}

/** A pill that pops and then breathes. */
function buttonLayers(box: Box, size: number): Layer[] {
  const breathing = nullLayer('Breath', {
    transform: {
      position: centerOf(box),
      scale: oscillate({ low: [100, 100], high: [104, 104], period: PERIOD / 2, frames: FRAMES }),
    },
  })
  const local = { x: -box.width / 2, y: -box.height / 2, width: box.width, height: box.height }
  const scale = animate(spring({ at: 30, from: [0, 0], to: [100, 100], frames: 20, damping: 0.55 }))
  const words = { ...local, x: local.x + size, width: local.width - 2 * size }
  return [
    breathing,
    shapeLayer('Button', [rectangle(local, box.height / 2), fill(palette.color('accent'))], {
      parent: breathing,
      transform: { scale },
    }),
    textLayer(
      'Button text',
      'Order yours',
      words,
      headline(size, { align: 'center', tracking: 0 }),
      palette.color('onAccent'),
      {
        slot: 'button',
        parent: breathing,
        transform: { scale },
      },
    ),
  ]
}
