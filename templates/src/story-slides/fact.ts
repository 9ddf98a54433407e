import { around, type Box, centerOf, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { oscillate } from '../../kit/oscillate.ts'
import { fill, stroke, trim } from '../../kit/paint.ts'
import { leaving, present } from '../../kit/presence.ts'
import { still } from '../../kit/property.ts'
import { ellipse } from '../../kit/shape.ts'
import { textLayer } from '../../kit/text-layer.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { textSlot } from '../slots.ts'
import { landscape } from './landscape.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD, SNAPSHOT, stretch } from './timing.ts'
import { body, headline } from './type.ts'

/** A number in a ring that fills up to a share of your choice. */
export const fact: SceneDefinition = {
  id: 'fact',
  name: { en: 'A number', fa: 'یک عدد' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    number: textSlot('Number', 'عدد', 8),
    unit: textSlot('Unit', 'یکا', 18),
    text: textSlot('Text', 'متن', 90, 3),
    share: {
      type: 'number',
      name: { en: 'How full the ring is, percent', fa: 'پرشدگی حلقه، درصد' },
      min: 0,
      max: 100,
    },
  },
  cues: [{ frame: 6, file: 'audio/pop.ogg', volume: 0.45 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { safe, type } = format
  const ring = pick(format, { '16x9': 560, '9x16': 780, '1x1': 560 })
  const lines = pick(format, { '16x9': 2, '9x16': 3, '1x1': 2 })
  const [circle, text] = stack(safe, [ring, type.body * 1.5, type.body * 1.15 * 1.42 * lines]) as [Box, Box]
  const middle = centerOf(circle)
  const size = ring * 0.3
  const [number, unit] = stack(around(middle, ring * 0.7, ring), [size * 1.16, 0, type.body * 1.6]) as [
    Box,
    Box,
  ]
  const ink = palette.color('onPrimary')
  return [
    ...landscape(format, 'primary'),
    ...ringLayers(middle, ring),
    textLayer('Number', '42', number, headline(size), ink, {
      slot: 'number',
      transform: present({
        at: centerOf(number),
        enter: 10,
        enterFrames: 28,
        leave: LEAVE,
        from: [0, 40],
        scale: 60,
      }),
    }),
    textLayer('Unit', 'kilometres', unit, body(type.body), ink, {
      slot: 'unit',
      transform: present({ at: centerOf(unit), enter: 20, enterFrames: 22, leave: LEAVE + 1, from: [0, 30] }),
    }),
    textLayer(
      'Text',
      'on foot, most of them before\u00a0breakfast',
      text,
      body(type.body * 1.15, { vertical: 'top' }),
      ink,
      {
        slot: 'text',
        transform: present({
          at: centerOf(text),
          enter: 26,
          enterFrames: 22,
          leave: LEAVE + 2,
          from: [0, 34],
        }),
      },
    ),
  ]
}

/** Track, filled part and a disc that breathes inside. The share is one trim, its growing another over it. */
function ringLayers(middle: [number, number], size: number): Layer[] {
  const width = size * 0.055
  const path = ellipse([0, 0], [size - width, size - width])
  const grown = animate([
    { at: 4, value: 0 },
    { at: 46, value: 100, ease: easing.grand },
    ...leaving(LEAVE, 12, 100, 0),
  ])
  const inner = size * 0.8
  const disc = oscillate({
    low: [inner, inner],
    high: [inner * 1.03, inner * 1.03],
    period: PERIOD,
    frames: FRAMES,
  })
  const appear = present({
    at: middle,
    enter: 0,
    enterFrames: 26,
    leave: LEAVE + 2,
    from: [0, 0],
    to: [0, 0],
    scale: 50,
  })
  return [
    shapeLayer('Disc', [ellipse([0, 0], disc), fill(palette.color('onPrimary'), 8)], { transform: appear }),
    shapeLayer('Track', [path, trim(0, grown), stroke(palette.color('onPrimary'), width, { opacity: 18 })], {
      transform: { position: middle },
    }),
    shapeLayer(
      'Share',
      [path, trim(0, still(72, 'share')), trim(0, grown), stroke(palette.color('accent'), width)],
      {
        transform: { position: middle },
      },
    ),
  ]
}
