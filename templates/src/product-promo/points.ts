import { type Box, columns, inset, rows, stack } from '../../kit/box.ts'
import { type Format, pick } from '../../kit/format.ts'
import type { Layer } from '../../kit/layer.ts'
import { stagger } from '../../kit/stagger.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { textSlot } from '../slots.ts'
import { backdrop } from './backdrop.ts'
import { palette } from './palette.ts'
import { pointCard } from './point-card.ts'
import { FRAMES, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { headline } from './type.ts'

const points = [
  { title: 'Set up in a minute', text: 'Plug it in, tap once, done.' },
  { title: 'Made to last', text: 'Glass, brass and ten years of warranty.' },
  { title: 'Sips power', text: 'A whole evening for less than a cent.' },
]

/** A headline and three cards, each with a tick that draws itself. */
export const pointsScene: SceneDefinition = {
  id: 'points',
  name: { en: 'Three points', fa: 'سه نکته' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: {
    title: textSlot('Title', 'عنوان', 48, 2),
    ...Object.fromEntries(
      points.flatMap((_, index) => [
        [`point${index + 1}`, textSlot(`Point ${index + 1}`, `نکتهٔ ${'۱۲۳'[index]}`, 32, 2)],
        [`text${index + 1}`, textSlot(`Text ${index + 1}`, `متن ${'۱۲۳'[index]}`, 80, 3)],
      ]),
    ),
  },
  cues: stagger(3, 8, 5).map((frame) => ({ frame: frame + 8, file: 'audio/pop.ogg', volume: 0.35 })),
  draw,
}

function draw(format: Format): Layer[] {
  const { title, cards } = layout(format)
  const size = format.type.headline * pick(format, { '16x9': 0.9, '9x16': 0.95, '1x1': 0.8 })
  return [
    ...backdrop(format),
    textLayer(
      'Title',
      'Three good reasons',
      title,
      headline(size, { align: 'center' }),
      palette.color('text'),
      {
        slot: 'title',
        animators: [wordsIn(2, 26, size)],
        transform: leaveUp(title, LEAVE + 1),
      },
    ),
    ...stagger(3, 8, 5).flatMap((enter, index) =>
      pointCard(format, cards[index]!, points[index]!, index, enter),
    ),
  ]
}

function layout(format: Format): { title: Box; cards: Box[] } {
  const { safe, gutter, type } = format
  const high = type.headline * pick(format, { '16x9': 1.4, '9x16': 2.3, '1x1': 1.1 })
  const gap = pick(format, { '16x9': 92, '9x16': 84, '1x1': 66 })
  const [title, rest] = stack(safe, [high, gap, safe.height - high - gap]) as [Box, Box]
  const cards =
    format.key === '16x9'
      ? columns(inset(rest, 0, 50), 3, gutter)
      : rows(rest, 3, pick(format, { '16x9': 0, '9x16': 74, '1x1': 56 }))
  return { title, cards }
}
