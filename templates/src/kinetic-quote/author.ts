import { type Box, centerOf, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { ImageAsset, Layer } from '../../kit/layer.ts'
import { imageLayer, shapeLayer } from '../../kit/layers.ts'
import { sway } from '../../kit/oscillate.ts'
import { fill } from '../../kit/paint.ts'
import { oval } from '../../kit/path.ts'
import { leaving, present } from '../../kit/presence.ts'
import { ellipse } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { imageSlot, textSlot } from '../slots.ts'
import { groundLayers } from './ground.ts'
import { grounds, palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD, SNAPSHOT, stretch } from './timing.ts'
import { loud, quiet } from './type.ts'

/** Who said it: a face on a disc, a name, a role. */
export const author: SceneDefinition = {
  id: 'author',
  name: { en: 'Author', fa: 'گوینده' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    portrait: imageSlot('Portrait', 'چهره'),
    name: textSlot('Name', 'نام', 32, 2),
    role: textSlot('Role', 'نقش', 60, 2),
    showPortrait: {
      type: 'boolean',
      name: { en: 'Show the portrait', fa: 'نمایش چهره' },
      default: true,
      layers: ['Portrait', 'Disc'],
    },
  },
  cues: [{ frame: 4, file: 'audio/knock.ogg', volume: 0.5 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { safe, type } = format
  const size = type.headline * pick(format, { '16x9': 1.15, '9x16': 1.2, '1x1': 1.15 })
  const small = type.body * 1.1
  const face = pick(format, { '16x9': 380, '9x16': 520, '1x1': 380 })
  const lines = pick(format, { '16x9': 1, '9x16': 2, '1x1': 1 })
  const [portrait, name, role] = stack(safe, [
    face,
    size * 0.5,
    size * 1.2 * lines,
    size * 0.16,
    small * 1.4 * lines,
  ]) as [Box, Box, Box]
  return [
    ...groundLayers(format, grounds.plain),
    ...faceLayers(centerOf(portrait), face),
    textLayer(
      'Name',
      'Ada Lindqvist',
      name,
      loud(size, { leading: 1.15, vertical: 'bottom' }),
      palette.color('text'),
      {
        slot: 'name',
        animators: [wordsIn(12, 24, size)],
        transform: leaveUp(name, LEAVE + 1),
      },
    ),
    textLayer('Role', 'Furniture maker', role, { ...quiet(small), vertical: 'top' }, palette.color('text'), {
      slot: 'role',
      transform: present({
        at: centerOf(role),
        enter: 24,
        enterFrames: 20,
        leave: LEAVE + 2,
        from: [0, 30],
      }),
    }),
  ]
}

/** The portrait in a circle; a disc of the accent colour peeps out behind it and circles slowly. */
function faceLayers([x, y]: [number, number], size: number): Layer[] {
  const image: ImageAsset = {
    id: 'image_portrait',
    width: size,
    height: size,
    file: 'i/portrait.jpg',
    slot: 'portrait',
  }
  const grown = (enter: number) =>
    animate([
      ...spring({ at: enter, from: [0, 0], to: [100, 100], frames: 30, damping: 0.5 }),
      ...leaving(LEAVE, 11, [100, 100], [0, 0]),
    ])
  const away = size * 0.07
  return [
    shapeLayer('Disc', [ellipse([0, 0], [size, size]), fill(palette.color('accent'))], {
      transform: {
        scale: grown(8),
        position: {
          x: sway(x, away, { period: PERIOD, phase: 0.75, frames: FRAMES }),
          y: sway(y, away, { period: PERIOD, phase: 0.5, frames: FRAMES }),
        },
      },
    }),
    imageLayer('Portrait', image, {
      masks: [{ path: oval([size / 2, size / 2], size / 2) }],
      transform: {
        position: [x, y],
        scale: grown(3),
        rotation: animate([
          { at: 3, value: -20 },
          { at: 30, value: 0, ease: easing.emphasised },
        ]),
      },
    }),
  ]
}
