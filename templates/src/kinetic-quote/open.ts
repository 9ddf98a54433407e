import { type Box, centerOf, stack } from '../../kit/box.ts'
import { type Format, pick } from '../../kit/format.ts'
import type { Layer } from '../../kit/layer.ts'
import { present } from '../../kit/presence.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, wordsIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { textSlot } from '../slots.ts'
import { bars, groundLayers } from './ground.ts'
import { grounds, palette } from './palette.ts'
import { FRAMES, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { loud, quiet } from './type.ts'

/** Two bars fall into place, and a title says what is coming. */
export const open: SceneDefinition = {
  id: 'open',
  name: { en: 'Opening', fa: 'آغاز' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: { title: textSlot('Title', 'عنوان', 50, 4), topic: textSlot('Topic', 'موضوع', 40) },
  cues: [
    { frame: 4, file: 'audio/knock.ogg', volume: 0.5 },
    { frame: 9, file: 'audio/knock.ogg', volume: 0.5 },
  ],
  draw,
}

function draw(format: Format): Layer[] {
  const { safe, type } = format
  const size = type.display * pick(format, { '16x9': 0.95, '9x16': 1, '1x1': 0.86 })
  const small = type.body * 1.15
  const lines = pick(format, { '16x9': 2, '9x16': 3, '1x1': 2 })
  const mark = pick(format, { '16x9': 210, '9x16': 280, '1x1': 190 })
  const [sign, title, topic] = stack(safe, [
    mark,
    size * 0.5,
    size * 1.1 * lines,
    size * 0.3,
    small * 1.4,
  ]) as [Box, Box, Box]
  return [
    ...groundLayers(format, grounds.plain),
    ...bars(format, centerOf(sign), mark, 1),
    textLayer('Title', 'On making things\u00a0well', title, loud(size), palette.color('text'), {
      slot: 'title',
      animators: [wordsIn(10, 28, size)],
      transform: leaveUp(title, LEAVE),
    }),
    textLayer('Topic', 'A note in five breaths', topic, quiet(small), palette.color('text'), {
      slot: 'topic',
      transform: present({
        at: centerOf(topic),
        enter: 24,
        enterFrames: 20,
        leave: LEAVE + 1,
        from: [0, 36],
      }),
    }),
  ]
}
