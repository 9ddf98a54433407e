import { centerOf, inset, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { ImageAsset, Layer } from '../../kit/layer.ts'
import { imageLayer, shapeLayer } from '../../kit/layers.ts'
import type { Mask } from '../../kit/mask.ts'
import { stroke, trim } from '../../kit/paint.ts'
import { roundedBox } from '../../kit/path.ts'
import { animatePath } from '../../kit/path-keyframes.ts'
import { leaving, present } from '../../kit/presence.ts'
import { rectangle } from '../../kit/shape.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { mediaSlot, textSlot } from '../slots.ts'
import { veil, white } from '../veil.ts'
import { backdrop } from './backdrop.ts'
import { FRAMES, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { body, headline } from './type.ts'

const OPEN = 36
const CLOSING = LEAVE - 1

/** A video that grows from a card to the whole picture, with words on its lower part. */
export const video: SceneDefinition = {
  id: 'video',
  name: { en: 'Video showcase', fa: 'نمایش ویدیو' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    clip: mediaSlot('Video or picture', 'ویدیو یا تصویر'),
    title: textSlot('Title', 'عنوان', 60, 3),
    text: textSlot('Text', 'متن', 100, 2),
  },
  cues: [{ frame: 14, file: 'audio/whoosh.ogg', volume: 0.45 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { type, safe, width, height } = format
  const size = type.headline
  const lines = pick(format, { '16x9': 1, '9x16': 3, '1x1': 2 })
  const parts = [size * 1.2 * lines, size * 0.26, type.body * 2.9]
  const words = parts.reduce((sum, part) => sum + part, 0)
  const low = { ...safe, y: safe.y + safe.height - words, height: words }
  const [title, text] = stack(low, parts) as [typeof low, typeof low]
  const image: ImageAsset = { id: 'image_clip', width, height, file: 'i/lamp-night.jpg', slot: 'clip' }
  return [
    ...backdrop(format),
    ...clipLayers(format, image),
    veil(format, 22, LEAVE - 4),
    outline(format),
    textLayer(
      'Title',
      'Watch the evening\u00a0arrive',
      title,
      headline(size, { align: 'center', vertical: 'bottom' }),
      white,
      {
        slot: 'title',
        animators: [wordsIn(26, 22, size)],
        transform: leaveUp(title, LEAVE - 4),
      },
    ),
    textLayer(
      'Text',
      'From focus white to candle gold, in one slow\u00a0breath.',
      text,
      body(type.body, { align: 'center', vertical: 'top' }),
      white,
      {
        slot: 'text',
        transform: present({
          at: centerOf(text),
          enter: 36,
          enterFrames: 14,
          leave: LEAVE - 2,
          leaveFrames: 10,
          from: [0, 30],
        }),
      },
    ),
  ]
}

/** Opening, open and closing: only while it moves does the picture pay for a mask. */
function clipLayers(format: Format, image: ImageAsset): Layer[] {
  const position = [format.width / 2, format.height / 2]
  const scale = animate([
    { at: 0, value: [116, 116] },
    { at: 48, value: [100, 100], ease: easing.emphasised },
  ])
  const masks = [growing(format)]
  const transform = { position, scale }
  return [
    imageLayer('Clip opening', image, { masks, transform, out: OPEN }),
    imageLayer('Clip', image, { transform, in: OPEN, out: CLOSING }),
    imageLayer('Clip closing', image, { masks, transform, in: CLOSING }),
  ]
}

/** From a card in the middle to the whole picture, and back again. */
function growing({ full, width, height }: Format): Mask {
  const card = inset(full, width * 0.22, height * 0.22)
  const seed = inset(full, width * 0.42, height * 0.5)
  const whole = inset(full, -60)
  return {
    path: animatePath([
      { at: 0, path: roundedBox(seed, 48) },
      { at: 15, path: roundedBox(card, 48), ease: easing.emphasised },
      { at: OPEN, path: roundedBox(whole, 48), ease: easing.grand },
      { at: CLOSING, path: roundedBox(whole, 48), ease: easing.linear },
      { at: LEAVE + 14, path: roundedBox(seed, 48), ease: easing.leave },
    ]),
  }
}

/** A thin frame inside the picture's edge that draws itself once the video fills the picture. */
function outline({ full }: Format): Layer {
  const drawn = (away: number, there: number) =>
    animate([
      { at: 26, value: away },
      { at: 49, value: there, ease: easing.grand },
      ...leaving(LEAVE - 6, 10, there, away),
    ])
  return shapeLayer('Frame', [
    rectangle(inset(full, 36), 28),
    trim(drawn(50, 0), drawn(50, 100)),
    stroke(white, 2.5, { opacity: 55 }),
  ])
}
