import { around, type Box, centerOf } from '../../kit/box.ts'
import { composition } from '../../kit/composition.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { ImageAsset, Layer } from '../../kit/layer.ts'
import { imageLayer, nullLayer, precompLayer, shapeLayer } from '../../kit/layers.ts'
import { sway } from '../../kit/oscillate.ts'
import { fill } from '../../kit/paint.ts'
import { roundedBox } from '../../kit/path.ts'
import { leaving } from '../../kit/presence.ts'
import { rectangle } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { mediaSlot, textSlot } from '../slots.ts'
import { landscape } from './landscape.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD, SNAPSHOT, stretch } from './timing.ts'
import { headline } from './type.ts'

/** Two pictures that come from opposite sides, and a card that holds them together. */
export const duo: SceneDefinition = {
  id: 'duo',
  name: { en: 'Two pictures', fa: 'دو تصویر' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    first: mediaSlot('First picture', 'تصویر نخست'),
    second: mediaSlot('Second picture', 'تصویر دوم'),
    title: textSlot('Title', 'عنوان', 48, 3),
  },
  cues: [{ frame: 1, file: 'audio/whoosh.ogg', volume: 0.4 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { width, height, type } = format
  const { first, second } = layout(format)
  const size = type.headline * pick(format, { '16x9': 0.78, '9x16': 0.82, '1x1': 0.78 })
  const card = around(
    [width / 2, height / 2],
    pick(format, { '16x9': 780, '9x16': 820, '1x1': 600 }),
    size * pick(format, { '16x9': 3.5, '9x16': 3.5, '1x1': 3.6 }),
  )
  return [
    ...landscape(format),
    ...half(format, 'first', 'i/dunes.jpg', first, -1, 0),
    ...half(format, 'second', 'i/night.jpg', second, 1, 4),
    ...cardLayers(card, size),
  ]
}

function layout({ full, width, height, key }: Format): { first: Box; second: Box } {
  const [edge, gap] = [28, 28]
  if (key === '9x16') {
    const high = (height - 2 * edge - gap) / 2
    const first = { x: edge, y: edge, width: width - 2 * edge, height: high }
    return { first, second: { ...first, y: edge + high + gap } }
  }
  const wide = (full.width - 2 * edge - gap) / 2
  const first = { x: edge, y: edge, width: wide, height: height - 2 * edge }
  return { first, second: { ...first, x: edge + wide + gap } }
}

/** One of the two; the picture inside drifts against its frame. */
function half(format: Format, slot: string, file: string, box: Box, side: number, enter: number): Layer[] {
  const upright = format.key === '9x16'
  const [x, y] = centerOf(box)
  const away: [number, number] = upright ? [x + side * format.width, y] : [x, y + side * format.height]
  const image: ImageAsset = {
    id: `image_${slot}`,
    width: Math.round(box.width * 1.06),
    height: Math.round(box.height * 1.06),
    file,
    slot,
  }
  const rig = nullLayer(`Frame ${slot}`, {
    transform: {
      position: animate([
        { at: enter, value: away },
        { at: enter + 28, value: [x, y], ease: easing.emphasised },
        ...leaving(LEAVE + enter / 2, 11, [x, y], away),
      ]),
    },
  })
  const drift = sway(box.width / 2, box.width * 0.022, { period: PERIOD, phase: side * 0.25, frames: FRAMES })
  const inside = composition(`frame_${slot}`, Math.round(box.width), Math.round(box.height), [
    imageLayer(`Picture ${slot}`, image, { transform: { position: { x: drift, y: box.height / 2 } } }),
  ])
  const whole = { x: 0, y: 0, width: inside.width, height: inside.height }
  return [
    rig,
    precompLayer(`Window ${slot}`, inside, { parent: rig, masks: [{ path: roundedBox(whole, 36) }] }),
  ]
}

function cardLayers(card: Box, size: number): Layer[] {
  const local = { x: -card.width / 2, y: -card.height / 2, width: card.width, height: card.height }
  const scale = animate([
    ...spring({ at: 16, from: [0, 0], to: [100, 100], frames: 30, damping: 0.55 }),
    ...leaving(LEAVE - 2, 10, [100, 100], [0, 0]),
  ])
  const rig = nullLayer('Card rig', { transform: { position: centerOf(card), scale } })
  const words = { ...local, x: local.x + size * 0.6, width: local.width - size * 1.2 }
  return [
    rig,
    shapeLayer('Card', [rectangle(local, 44), fill(palette.color('surface'))], { parent: rig }),
    shapeLayer(
      'Card mark',
      [
        rectangle({ x: -size * 0.5, y: local.y + size * 0.44, width: size, height: size * 0.1 }, size * 0.05),
        fill(palette.color('accent')),
      ],
      {
        parent: rig,
      },
    ),
    textLayer(
      'Title',
      'Gold by day, silver\u00a0by\u00a0night',
      { ...words, y: words.y + size * 0.5, height: words.height - size * 0.7 },
      headline(size),
      palette.color('text'),
      {
        slot: 'title',
        parent: rig,
        animators: [wordsIn(20, 26, size)],
      },
    ),
  ]
}
