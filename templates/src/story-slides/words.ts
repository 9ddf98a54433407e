import { type Box, stack } from '../../kit/box.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { sway } from '../../kit/oscillate.ts'
import { fill } from '../../kit/paint.ts'
import { leaving, present } from '../../kit/presence.ts'
import { ellipse } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, linesIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { textSlot } from '../slots.ts'
import { landscape } from './landscape.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD, SNAPSHOT, stretch } from './timing.ts'
import { body, headline } from './type.ts'

/** A thought under a small sun. */
export const words: SceneDefinition = {
  id: 'words',
  name: { en: 'Words', fa: 'نوشته' },
  frames: FRAMES,
  stretch,
  duration: { follows: 'text' },
  snapshotFrame: SNAPSHOT,
  slots: { text: textSlot('Text', 'متن', 140, 7), source: textSlot('Source', 'منبع', 44) },
  cues: [{ frame: 4, file: 'audio/pop.ogg', volume: 0.35 }],
  draw,
}

function draw(format: Format): Layer[] {
  const { safe, type } = format
  const size = type.headline * pick(format, { '16x9': 0.92, '9x16': 0.96, '1x1': 0.92 })
  const lines = pick(format, { '16x9': 3, '9x16': 6, '1x1': 4 })
  const sun = size * 1.3
  const room = pick(format, {
    '16x9': { ...safe, x: safe.x + 140, width: safe.width - 280 },
    '9x16': safe,
    '1x1': safe,
  })
  const [top, text, source] = stack(room, [
    sun,
    size * 0.5,
    size * 1.16 * lines,
    size * 0.5,
    type.body * 1.42,
  ]) as [Box, Box, Box]
  return [
    ...landscape(format),
    rising(top, sun),
    textLayer(
      'Text',
      'We learned to walk at the pace of the\u00a0shadow.',
      text,
      headline(size),
      palette.color('text'),
      {
        slot: 'text',
        animators: [linesIn(8, 34, size)],
        transform: leaveUp(text, LEAVE),
      },
    ),
    textLayer('Source', 'From the travel diary', source, body(type.body), palette.color('text'), {
      slot: 'source',
      transform: present({
        at: [source.x + source.width / 2, source.y + source.height / 2],
        enter: 26,
        enterFrames: 22,
        leave: LEAVE + 1,
        from: [0, 30],
      }),
    }),
  ]
}

/** A disc that springs up and floats over the words. */
function rising(box: Box, size: number): Layer {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  return shapeLayer('Small sun', [ellipse([0, 0], [size, size]), fill(palette.color('accent'))], {
    transform: {
      position: { x, y: sway(y, size * 0.06, { period: PERIOD, frames: FRAMES }) },
      scale: animate([
        ...spring({ at: 2, from: [0, 0], to: [100, 100], frames: 32, damping: 0.45 }),
        ...leaving(LEAVE + 1, 10, [100, 100], [0, 0]),
      ]),
    },
  })
}
