import { type Box, centerOf, inset, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { roundedBox } from '../../kit/path.ts'
import { present } from '../../kit/presence.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { lettersIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { backdrop } from './backdrop.ts'
import { incoming, outgoing, spark } from './burst.ts'
import { rule } from './logo.ts'
import { palette } from './palette.ts'
import { nameSlot, taglineSlot } from './slots.ts'
import { FRAMES, IMPACT, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { nameStyle, taglineStyle } from './type.ts'

/** A name whose letters rise from behind a rule. */
export const wordmark: SceneDefinition = {
  id: 'wordmark',
  name: { en: 'Name', fa: 'نام' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: { name: nameSlot, tagline: taglineSlot },
  cues: [
    { frame: 1, file: 'audio/rise.ogg', volume: 0.6 },
    { frame: IMPACT, file: 'audio/chime.ogg', volume: 0.8 },
  ],
  draw,
}

function draw(format: Format): Layer[] {
  const { safe, type } = format
  const size = type.display * pick(format, { '16x9': 1.5, '9x16': 1.04, '1x1': 1.2 })
  const line = type.title * 0.82
  const lines = pick(format, { '16x9': 1, '9x16': 2, '1x1': 2 })
  const [name, bar, tagline] = stack(safe, [size * 1.42, size * 0.1, 4, size * 0.26, line * 1.4 * lines]) as [
    Box,
    Box,
    Box,
  ]
  const [x, y] = centerOf(name)
  const middle = centerOf(bar)
  return [
    ...backdrop(format),
    incoming(middle, Math.max(format.width, format.height) * 0.55),
    spark(middle, format.type.body * 1.4),
    outgoing(middle, size * 1.9),
    rule(middle, safe.width * pick(format, { '16x9': 0.4, '9x16': 0.6, '1x1': 0.5 }), IMPACT),
    textLayer('Name', 'Northbound', name, nameStyle(size), palette.color('text'), {
      slot: 'name',
      grouping: 'characters',
      animators: [lettersIn(IMPACT + 2, 32, size)],
      masks: [
        {
          path: roundedBox(
            inset(
              { x: -name.width / 2, y: -name.height / 2, width: name.width, height: name.height },
              -20,
              0,
            ),
            0,
          ),
        },
      ],
      transform: {
        position: animate([
          { at: 0, value: [x, y] },
          { at: LEAVE, value: [x, y], hold: true },
          { at: LEAVE + 13, value: [x, y + 30], ease: easing.accelerate },
        ]),
        opacity: animate([
          { at: 0, value: 100 },
          { at: LEAVE + 2, value: 100, hold: true },
          { at: LEAVE + 12, value: 0, ease: easing.accelerate },
        ]),
      },
    }),
    textLayer('Tagline', 'Small steps, far places', tagline, taglineStyle(line), palette.color('text'), {
      slot: 'tagline',
      transform: present({
        at: centerOf(tagline),
        enter: IMPACT + 14,
        enterFrames: 22,
        leave: LEAVE,
        from: [0, -36],
        to: [0, -24],
      }),
    }),
  ]
}
