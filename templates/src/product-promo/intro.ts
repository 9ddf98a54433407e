import { centerOf, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { fill } from '../../kit/paint.ts'
import { present } from '../../kit/presence.ts'
import { ellipse } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { textSlot } from '../slots.ts'
import { backdrop } from './backdrop.ts'
import { coveringDisc } from './disc.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { body, headline } from './type.ts'

/** A dot drops in, becomes a disc that fills the picture, and the name stands on it. */
export const intro: SceneDefinition = {
  id: 'intro',
  name: { en: 'Intro', fa: 'آغاز' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    brand: textSlot('Brand', 'نام برند', 24),
    title: textSlot('Title', 'عنوان', 48, 4),
    subtitle: textSlot('Subtitle', 'زیرعنوان', 90, 2),
  },
  cues: [
    { frame: 2, file: 'audio/pop.ogg', volume: 0.5 },
    { frame: 11, file: 'audio/whoosh.ogg', volume: 0.5 },
  ],
  draw,
}

function draw(format: Format): Layer[] {
  const { type, safe } = format
  const size = type.display
  const box = safe
  const [dot, brand, title, subtitle] = stack(box, [
    size * 0.3,
    size * 0.24,
    type.title * 1.1,
    size * 0.3,
    size * pick(format, { '16x9': 2.4, '9x16': 3.6, '1x1': 3.6 }),
    size * 0.26,
    type.body * 3,
  ]) as [typeof box, typeof box, typeof box, typeof box]
  const ink = palette.color('onPrimary')
  return [
    ...backdrop(format),
    ...coveringDisc(format, 11, LEAVE + 4),
    ball(format, centerOf(dot), size * 0.15),
    textLayer('Brand', 'Lumo', brand, headline(type.title, { align: 'center', tracking: 0 }), ink, {
      slot: 'brand',
      transform: present({ at: centerOf(brand), enter: 26, leave: LEAVE, from: [0, 40] }),
    }),
    textLayer('Title', 'Light that follows your\u00a0day', title, headline(size, { align: 'center' }), ink, {
      slot: 'title',
      animators: [wordsIn(24, 24, size)],
      transform: leaveUp(title, LEAVE + 1),
    }),
    textLayer(
      'Subtitle',
      'The lamp that wakes, works and winds down with\u00a0you.',
      subtitle,
      body(type.body, { align: 'center', vertical: 'top' }),
      ink,
      {
        slot: 'subtitle',
        transform: present({
          at: centerOf(subtitle),
          enter: 36,
          enterFrames: 14,
          leave: LEAVE + 2,
          from: [0, 30],
        }),
      },
    ),
  ]
}

/** Pops up in the middle, jumps to its place above the name, and falls back when the scene ends. */
function ball({ width, height }: Format, place: [number, number], radius: number): Layer {
  const middle: [number, number] = [width / 2, height / 2]
  return shapeLayer('Dot', [ellipse([0, 0], [radius * 2, radius * 2]), fill(palette.color('accent'))], {
    transform: {
      position: animate([
        { at: 16, value: middle },
        { at: 36, value: place, ease: easing.overshoot },
        // The way leads through the title, so it waits until that has faded.
        { at: LEAVE + 7, value: place, hold: true },
        { at: LEAVE + 17, value: middle, ease: easing.leave },
      ]),
      scale: animate([
        ...spring({ at: 2, from: [0, 0], to: [100, 100], frames: 22, damping: 0.45 }),
        { at: LEAVE + 14, value: [100, 100], hold: true },
        { at: LEAVE + 20, value: [0, 0], ease: easing.accelerate },
      ]),
    },
  })
}
