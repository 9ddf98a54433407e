import { around, type Box, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { ImageAsset, Layer } from '../../kit/layer.ts'
import { imageLayer, nullLayer } from '../../kit/layers.ts'
import { oscillate } from '../../kit/oscillate.ts'
import { roundedBox } from '../../kit/path.ts'
import { present } from '../../kit/presence.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { mediaSlot, textSlot } from '../slots.ts'
import { veil, white } from '../veil.ts'
import { landscape } from './landscape.ts'
import { pill } from './pill.ts'
import { FRAMES, LEAVE, PERIOD, SNAPSHOT, stretch } from './timing.ts'
import { body, headline } from './type.ts'

const STRIPS = 4
const CLOSED = 34

/** A picture that closes up from strips, with a title on its lower part. */
export const cover: SceneDefinition = {
  id: 'cover',
  name: { en: 'Cover', fa: 'جلد' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    picture: mediaSlot('Picture or video', 'تصویر یا ویدیو'),
    label: textSlot('Label', 'برچسب', 22),
    title: textSlot('Title', 'عنوان', 56, 4),
    text: textSlot('Text', 'متن', 80, 2),
  },
  cues: [{ frame: 2, file: 'audio/whoosh.ogg', volume: 0.5 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { safe, type, width } = format
  const size = type.display * pick(format, { '16x9': 0.7, '9x16': 0.86, '1x1': 0.74 })
  const lines = pick(format, { '16x9': 2, '9x16': 3, '1x1': 2 })
  const high = type.body * 1.9
  const parts = [
    high,
    size * 0.32,
    size * 1.16 * lines,
    size * 0.16,
    type.body * 1.42 * pick(format, { '16x9': 1, '9x16': 2, '1x1': 1 }),
  ]
  const words = parts.reduce((sum, part) => sum + part, 0)
  const [label, title, text] = stack({ ...safe, y: safe.y + safe.height - words, height: words }, parts) as [
    Box,
    Box,
    Box,
  ]
  const middle: [number, number] = [width / 2, label.y + label.height / 2]
  return [
    ...landscape(format),
    ...strips(format),
    veil(format, 20, LEAVE),
    ...pill({
      slot: 'label',
      words: 'Field notes',
      box: around(middle, type.body * 8.6, high),
      size: type.body * 0.86,
      enter: 22,
    }),
    textLayer('Title', 'Three days between dune and star', title, headline(size), white, {
      slot: 'title',
      animators: [wordsIn(22, 28, size)],
      transform: leaveUp(title, LEAVE - 2),
    }),
    textLayer('Text', 'A slow walk through the desert', text, body(type.body, { vertical: 'top' }), white, {
      slot: 'text',
      transform: present({
        at: [text.x + text.width / 2, text.y + text.height / 2],
        enter: 32,
        enterFrames: 18,
        leave: LEAVE,
        from: [0, 30],
      }),
    }),
  ]
}

/** The picture in upright strips that come from above and below by turns; once closed, the whole one takes over. */
function strips(format: Format): Layer[] {
  const { width, height } = format
  const image: ImageAsset = { id: 'image_picture', width, height, file: 'i/dunes.jpg', slot: 'picture' }
  const camera = nullLayer('Camera', {
    transform: {
      position: [width / 2, height / 2],
      scale: oscillate({ low: [101, 101], high: [105, 105], period: PERIOD, phase: 0.5, frames: FRAMES }),
    },
  })
  const wide = width / STRIPS
  const pieces = Array.from({ length: STRIPS }, (_, index) => {
    const away = (index % 2 === 0 ? -1 : 1) * height * 1.1
    const enter = index * 3
    const piece = { x: index * wide, y: 0, width: wide, height }
    return imageLayer(`Strip ${index + 1}`, image, {
      parent: camera,
      out: CLOSED,
      masks: [{ path: roundedBox(piece, 0) }],
      transform: {
        position: animate([
          { at: enter, value: [0, away] },
          { at: enter + 24, value: [0, 0], ease: easing.emphasised },
        ]),
      },
    })
  })
  const gone = animate([
    { at: 0, value: [0, 0] },
    { at: LEAVE + 2, value: [0, 0], hold: true },
    { at: LEAVE + 13, value: [0, -height * 1.1], ease: easing.leave },
  ])
  const whole = imageLayer('Picture', image, { parent: camera, in: CLOSED, transform: { position: gone } })
  return [camera, ...pieces, whole]
}
