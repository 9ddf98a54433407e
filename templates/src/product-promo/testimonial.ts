import { type Box, centerOf, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { ImageAsset, Layer } from '../../kit/layer.ts'
import { imageLayer, shapeLayer } from '../../kit/layers.ts'
import { fill, stroke, trim } from '../../kit/paint.ts'
import { oval } from '../../kit/path.ts'
import { leaving, present } from '../../kit/presence.ts'
import { ellipse, star } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { staggerFromCenter } from '../../kit/stagger.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { imageSlot, textSlot } from '../slots.ts'
import { backdrop } from './backdrop.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { body, headline } from './type.ts'

/** A customer's words under five stars, with the face that said them. */
export const testimonial: SceneDefinition = {
  id: 'testimonial',
  name: { en: 'Testimonial', fa: 'نظر مشتری' },
  frames: FRAMES,
  stretch,
  duration: { follows: 'text' },
  snapshotFrame: SNAPSHOT,
  slots: {
    quote: textSlot('Quote', 'نقل‌قول', 160, 7),
    portrait: imageSlot('Portrait', 'چهره'),
    person: textSlot('Name', 'نام', 32),
    role: textSlot('Role', 'نقش', 48),
  },
  cues: [{ frame: 8, file: 'audio/pop.ogg', volume: 0.35 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { type, safe } = format
  const size = type.title * pick(format, { '16x9': 1, '9x16': 1.08, '1x1': 0.95 })
  const lines = pick(format, { '16x9': 3, '9x16': 7, '1x1': 5 })
  const face = pick(format, { '16x9': 148, '9x16': 190, '1x1': 132 })
  const starSize = type.body * 0.62
  const room = pick(format, {
    '16x9': { ...safe, x: safe.x + 130, width: safe.width - 260 },
    '9x16': safe,
    '1x1': safe,
  })
  const [stars, quote, portrait, person, role] = stack(room, [
    starSize * 2,
    size * 0.7,
    size * 1.3 * lines,
    size * 0.7,
    face * 1.2,
    size * 0.35,
    type.body * 1.4,
    2,
    type.caption * 1.5,
  ]) as [Box, Box, Box, Box, Box]
  const ink = palette.color('text')
  return [
    ...backdrop(format),
    ...starRow(centerOf(stars), starSize),
    textLayer(
      'Quote',
      'My desk finally feels like morning. I switched it on once and never touched it\u00a0again.',
      quote,
      headline(size, { align: 'center', leading: 1.28 }),
      ink,
      {
        slot: 'quote',
        animators: [wordsIn(8, 36, size)],
        transform: leaveUp(quote, LEAVE + 1),
      },
    ),
    ...portraitLayers(centerOf(portrait), face),
    textLayer('Name', 'Mina Hart', person, headline(type.body, { align: 'center', tracking: 0 }), ink, {
      slot: 'person',
      transform: present({
        at: centerOf(person),
        enter: 30,
        enterFrames: 20,
        leave: LEAVE + 2,
        from: [0, 28],
      }),
    }),
    textLayer('Role', 'Illustrator, Copenhagen', role, body(type.caption, { align: 'center' }), ink, {
      slot: 'role',
      transform: present({ at: centerOf(role), enter: 34, enterFrames: 16, leave: LEAVE + 3, from: [0, 28] }),
    }),
  ]
}

function starRow([x, y]: [number, number], radius: number): Layer[] {
  return staggerFromCenter(5, 4, 4).map((enter, index) =>
    shapeLayer(`Star ${index + 1}`, [star([0, 0], 5, radius, radius * 0.5), fill(palette.color('accent'))], {
      transform: {
        position: [x + (index - 2) * radius * 2.5, y],
        scale: animate([
          ...spring({ at: enter, from: [0, 0], to: [100, 100], frames: 26, damping: 0.4 }),
          ...leaving(LEAVE + index, 8, [100, 100], [0, 0]),
        ]),
        rotation: animate([
          { at: enter, value: -72 },
          { at: enter + 24, value: 0, ease: easing.emphasised },
        ]),
      },
    }),
  )
}

/** The portrait in a circle, and a ring that draws itself around it. */
function portraitLayers(place: [number, number], size: number): Layer[] {
  const image: ImageAsset = {
    id: 'image_portrait',
    width: size,
    height: size,
    file: 'i/portrait.jpg',
    slot: 'portrait',
  }
  const ring = size + size * 0.16
  return [
    shapeLayer(
      'Portrait ring',
      [
        ellipse([0, 0], [ring, ring]),
        trim(
          0,
          animate([
            { at: 24, value: 0 },
            { at: 49, value: 100, ease: easing.grand },
            ...leaving(LEAVE, 12, 100, 0),
          ]),
        ),
        stroke(palette.color('primary'), size * 0.03),
      ],
      { transform: { position: place } },
    ),
    imageLayer('Portrait', image, {
      masks: [{ path: oval([size / 2, size / 2], size / 2) }],
      transform: {
        position: place,
        scale: animate([
          ...spring({ at: 22, from: [0, 0], to: [100, 100], frames: 26, damping: 0.6 }),
          ...leaving(LEAVE + 2, 10, [100, 100], [0, 0]),
        ]),
      },
    }),
  ]
}
