import { type Box, columns } from '../../kit/box.ts'
import { type Format, pick } from '../../kit/format.ts'
import type { Layer } from '../../kit/layer.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { mediaSlot, textSlot } from '../slots.ts'
import { backdrop } from './backdrop.ts'
import { framedAsset, framedPicture } from './frame.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { headline } from './type.ts'

const files = ['i/lamp-shelf.jpg', 'i/lamp-desk.jpg', 'i/lamp-night.jpg']

/** Three pictures, none the size of another, over one line of words. */
export const gallery: SceneDefinition = {
  id: 'gallery',
  name: { en: 'Three pictures', fa: 'سه تصویر' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    picture1: mediaSlot('Picture 1', 'تصویر ۱'),
    picture2: mediaSlot('Picture 2', 'تصویر ۲'),
    picture3: mediaSlot('Picture 3', 'تصویر ۳'),
    title: textSlot('Title', 'عنوان', 48, 2),
  },
  cues: [{ frame: 4, file: 'audio/whoosh.ogg', volume: 0.35 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { boxes, title } = layout(format)
  const size = format.type.headline * pick(format, { '16x9': 0.84, '9x16': 0.95, '1x1': 0.84 })
  const radius = pick(format, { '16x9': 40, '9x16': 40, '1x1': 32 })
  return [
    ...backdrop(format),
    ...boxes.map((box, index) =>
      framedPicture(`Picture ${index + 1}`, framedAsset(`picture${index + 1}`, box, files[index]!), {
        box,
        radius,
        enter: [6, 0, 12][index]!,
        leave: LEAVE + [1, 0, 2][index]!,
      }),
    ),
    textLayer(
      'Title',
      'At home in every room',
      title,
      headline(size, { align: 'center' }),
      palette.color('text'),
      {
        slot: 'title',
        animators: [wordsIn(18, 28, size)],
        transform: leaveUp(title, LEAVE + 1),
      },
    ),
  ]
}

function layout(format: Format): { boxes: Box[]; title: Box } {
  const { safe, gutter, type } = format
  const words = type.headline * pick(format, { '16x9': 1.3, '9x16': 2.3, '1x1': 1.2 })
  const title = { ...safe, y: safe.y + safe.height - words, height: words }
  const room = { ...safe, height: safe.height - words - gutter }
  if (format.key === '16x9') {
    const [one, two, three] = columns(room, 3, gutter) as [Box, Box, Box]
    const shorter = { y: room.y + 70, height: room.height - 140 }
    return { boxes: [{ ...one, ...shorter }, two, { ...three, ...shorter }], title }
  }
  const upper = { ...room, height: (room.height - gutter) * 0.56 }
  const lower = { ...room, y: upper.y + upper.height + gutter, height: room.height - upper.height - gutter }
  const [left, right] = columns(lower, 2, gutter) as [Box, Box]
  return { boxes: [left, upper, right], title }
}
