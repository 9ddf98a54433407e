import { type Box, centerOf, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick, span } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { fill, stroke, trim } from '../../kit/paint.ts'
import { polyline } from '../../kit/path.ts'
import { present } from '../../kit/presence.ts'
import { ellipse, pathShape } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { mediaSlot, textSlot } from '../slots.ts'
import { backdrop } from './backdrop.ts'
import { framedAsset, framedPicture } from './frame.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { body, headline } from './type.ts'

/** A framed picture and three sizes of words beside it (below it, where the picture is tall). */
export const feature: SceneDefinition = {
  id: 'feature',
  name: { en: 'Feature with picture', fa: 'ویژگی با تصویر' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    picture: mediaSlot('Picture', 'تصویر'),
    label: textSlot('Label', 'برچسب', 28),
    title: textSlot('Title', 'عنوان', 56, 4),
    text: textSlot('Text', 'متن', 150, 5),
  },
  cues: [{ frame: 2, file: 'audio/whoosh.ogg', volume: 0.35 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { type, width } = format
  const { picture, words } = layout(format)
  const [label, rule, title, text] = arrange(format, words)
  const image = framedAsset('picture', picture, 'i/lamp-desk.jpg')
  const corner = { x: picture.x + picture.width * 0.93, y: picture.y + picture.height * 0.08 }
  const ink = palette.color('text')
  return [
    ...backdrop(format),
    shapeLayer(
      'Accent disc',
      [ellipse([0, 0], [width * 0.15, width * 0.15]), fill(palette.color('accent'))],
      {
        transform: {
          position: [corner.x, corner.y],
          scale: animate([
            ...spring({ at: 16, from: [0, 0], to: [100, 100], frames: 30, damping: 0.5 }),
            { at: LEAVE, value: [100, 100], hold: true },
            { at: LEAVE + 10, value: [0, 0], ease: easing.accelerate },
          ]),
        },
      },
    ),
    framedPicture('Picture', image, { box: picture, radius: 44, enter: 2 }),
    textLayer('Label', 'Adaptive glow', label, body(type.caption), palette.color('primary'), {
      slot: 'label',
      transform: present({ at: centerOf(label), enter: 14, enterFrames: 22, leave: LEAVE, from: [0, 30] }),
    }),
    hairline(rule),
    textLayer(
      'Title',
      'It reads the room, so you don’t have\u00a0to',
      title,
      headline(titleSize(format)),
      ink,
      {
        slot: 'title',
        animators: [wordsIn(14, 30, titleSize(format))],
        transform: leaveUp(title, LEAVE + 1),
      },
    ),
    textLayer(
      'Text',
      'Twelve sensors follow the daylight and keep your desk at the brightness your eyes like best.',
      text,
      body(type.body, { vertical: 'top' }),
      ink,
      {
        slot: 'text',
        transform: present({ at: centerOf(text), enter: 26, enterFrames: 24, leave: LEAVE + 2 }),
      },
    ),
  ]
}

function layout(format: Format): { picture: Box; words: Box } {
  const { safe, gutter } = format
  const high = pick(format, { '16x9': safe.height, '9x16': 660, '1x1': 430 })
  if (format.key === '16x9') return { picture: { ...span(format, 0, 6) }, words: span(format, 7, 5) }
  return {
    picture: { ...safe, height: high },
    words: { ...safe, y: safe.y + high + gutter, height: safe.height - high - gutter },
  }
}

function titleSize({ type, key }: Format): number {
  return key === '16x9' ? type.headline * 0.84 : type.headline * 0.9
}

/** Label, rule, title and text, from top to bottom. */
function arrange(format: Format, words: Box): [Box, Box, Box, Box] {
  const { type } = format
  const size = titleSize(format)
  const lines = pick(format, { '16x9': 3, '9x16': 3, '1x1': 2 })
  const textLines = pick(format, { '16x9': 4, '9x16': 4, '1x1': 2 })
  return stack(words, [
    type.caption * 1.5,
    22,
    4,
    30,
    size * 1.16 * lines,
    30,
    type.body * 1.45 * textLines,
  ]) as [Box, Box, Box, Box]
}

/** A thin line across the whole column: it suits words that begin on either side. */
function hairline({ x, y, width }: Box): Layer {
  return shapeLayer('Rule', [
    pathShape(
      polyline([
        [x, y + 2],
        [x + width, y + 2],
      ]),
    ),
    trim(
      animate([
        { at: 12, value: 50 },
        { at: 40, value: 0, ease: easing.emphasised },
        { at: LEAVE, value: 0, hold: true },
        { at: LEAVE + 12, value: 50, ease: easing.accelerate },
      ]),
      animate([
        { at: 12, value: 50 },
        { at: 40, value: 100, ease: easing.emphasised },
        { at: LEAVE, value: 100, hold: true },
        { at: LEAVE + 12, value: 50, ease: easing.accelerate },
      ]),
    ),
    stroke(palette.color('accent'), 4),
  ])
}
