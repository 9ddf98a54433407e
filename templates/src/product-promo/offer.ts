import { type Box, centerOf, inset, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { oscillate } from '../../kit/oscillate.ts'
import { fill, stroke, trim } from '../../kit/paint.ts'
import { polyline, roundedBox } from '../../kit/path.ts'
import { animatePath } from '../../kit/path-keyframes.ts'
import { present } from '../../kit/presence.ts'
import { ellipse, pathShape } from '../../kit/shape.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { textSlot } from '../slots.ts'
import { backdrop } from './backdrop.ts'
import { offerBadge } from './offer-badge.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD, SNAPSHOT, stretch } from './timing.ts'
import { body, headline } from './type.ts'

/** A panel opens, the old price is struck out, the new one lands, a badge spins in. */
export const offer: SceneDefinition = {
  id: 'offer',
  name: { en: 'Price and offer', fa: 'قیمت و پیشنهاد' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    title: textSlot('Title', 'عنوان', 44, 2),
    oldPrice: textSlot('Old price', 'قیمت پیشین', 18),
    price: textSlot('Price', 'قیمت', 16),
    note: textSlot('Note', 'یادداشت', 70, 2),
    badge: textSlot('Badge', 'نشان', 8),
    showBadge: {
      type: 'boolean',
      name: { en: 'Show the badge', fa: 'نمایش نشان' },
      default: true,
      layers: ['Badge', 'Badge text'],
    },
    showOldPrice: {
      type: 'boolean',
      name: { en: 'Show the old price', fa: 'نمایش قیمت پیشین' },
      default: true,
      layers: ['Old price', 'Strike'],
    },
  },
  cues: [
    { frame: 2, file: 'audio/whoosh.ogg', volume: 0.4 },
    { frame: 38, file: 'audio/pop.ogg', volume: 0.5 },
  ],
  draw,
}

function draw(format: Format): Layer[] {
  const { type, safe } = format
  const panel = pick(format, {
    '16x9': inset(safe, 60, 0),
    '9x16': inset(safe, 0, 190),
    '1x1': inset(safe, 0, 40),
  })
  const price = type.display * pick(format, { '16x9': 1.35, '9x16': 1.2, '1x1': 1.15 })
  const room = inset(panel, pick(format, { '16x9': 150, '9x16': 56, '1x1': 60 }), 40)
  const [title, old, now, note] = stack(room, [
    type.title * 1.3 * pick(format, { '16x9': 1, '9x16': 2, '1x1': 1 }),
    type.title * 0.5,
    type.title * 1.2,
    4,
    price * 1.25,
    type.title * 0.3,
    type.body * 1.45 * pick(format, { '16x9': 1, '9x16': 2, '1x1': 2 }),
  ]) as [Box, Box, Box, Box]
  const ink = palette.color('onPrimary')
  return [
    ...backdrop(format),
    panelLayer(panel),
    glow(panel),
    textLayer('Title', 'This week only', title, headline(type.title, { align: 'center', tracking: 0 }), ink, {
      slot: 'title',
      animators: [wordsIn(12, 22, type.title)],
      transform: leaveUp(title, LEAVE),
    }),
    textLayer('Old price', '$189', old, body(type.title * 0.92, { align: 'center' }), ink, {
      slot: 'oldPrice',
      transform: {
        ...present({ at: centerOf(old), enter: 20, enterFrames: 20, leave: LEAVE, from: [0, 30] }),
      },
    }),
    strike(old, type.title),
    textLayer('Price', '$129', now, headline(price, { align: 'center' }), ink, {
      slot: 'price',
      transform: present({
        at: centerOf(now),
        enter: 30,
        enterFrames: 20,
        leave: LEAVE + 1,
        from: [0, 20],
        scale: 60,
      }),
    }),
    textLayer(
      'Note',
      'Free delivery and thirty days to change your\u00a0mind.',
      note,
      body(type.body, { align: 'center', vertical: 'top' }),
      ink,
      {
        slot: 'note',
        transform: present({
          at: centerOf(note),
          enter: 36,
          enterFrames: 14,
          leave: LEAVE + 2,
          from: [0, 30],
        }),
      },
    ),
    ...offerBadge(format, panel),
  ]
}

function panelLayer(panel: Box): Layer {
  const flat = { ...panel, y: panel.y + panel.height / 2, height: 0 }
  const line = inset(flat, panel.width * 0.4, 0)
  return shapeLayer('Panel', [
    pathShape(
      animatePath([
        { at: 0, path: roundedBox(line, 56) },
        { at: 26, path: roundedBox(panel, 56), ease: easing.emphasised },
        { at: LEAVE + 4, path: roundedBox(panel, 56), ease: easing.linear },
        { at: LEAVE + 15, path: roundedBox(line, 56), ease: easing.leave },
      ]),
    ),
    fill(palette.color('primary')),
  ])
}

/** A ring that breathes behind the price. */
function glow(panel: Box): Layer {
  const [low, high] = [panel.height * 0.98, panel.height * 1.06]
  const wave = { low: [low, low], high: [high, high], period: PERIOD, frames: FRAMES }
  return shapeLayer(
    'Glow',
    [ellipse(centerOf(panel), oscillate(wave)), fill(palette.color('onPrimary'), 7)],
    {
      masks: [{ path: roundedBox(panel, 56) }],
      transform: present({
        at: [0, 0],
        enter: 20,
        leave: LEAVE - 2,
        leaveFrames: 8,
        from: [0, 0],
        to: [0, 0],
      }),
    },
  )
}

/** A slanted line through the old price. Its length doesn't follow the words, so that it reads as a gesture. */
function strike(box: Box, size: number): Layer {
  const [x, y] = centerOf(box)
  const half = size * 2.3
  return shapeLayer('Strike', [
    pathShape(
      polyline([
        [x - half, y + size * 0.16],
        [x + half, y - size * 0.1],
      ]),
    ),
    trim(
      0,
      animate([
        { at: 28, value: 0 },
        { at: 40, value: 100, ease: easing.standard },
        { at: LEAVE, value: 100, hold: true },
        { at: LEAVE + 8, value: 0, ease: easing.accelerate },
      ]),
    ),
    stroke(palette.color('accent'), size * 0.1),
  ])
}
