import { type Box, centerOf, inset, stack } from '../../kit/box.ts'
import { type Format, pick } from '../../kit/format.ts'
import type { Layer } from '../../kit/layer.ts'
import { roundedBox } from '../../kit/path.ts'
import { present } from '../../kit/presence.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, lettersIn } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { backdrop } from './backdrop.ts'
import { incoming, outgoing, spark } from './burst.ts'
import { logoLayers, rule } from './logo.ts'
import { palette } from './palette.ts'
import { logoSlots, nameSlot, taglineSlot } from './slots.ts'
import { FRAMES, IMPACT, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { nameStyle, taglineStyle } from './type.ts'

/** Mark, name and tagline over each other: the whole of a brand in one picture. */
export const lockup: SceneDefinition = {
  id: 'lockup',
  name: { en: 'Logo and name', fa: 'نشان و نام' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: { ...logoSlots, name: nameSlot, tagline: taglineSlot },
  cues: [
    { frame: 1, file: 'audio/rise.ogg', volume: 0.6 },
    { frame: IMPACT, file: 'audio/chime.ogg', volume: 0.8 },
  ],
  draw,
}

function draw(format: Format): Layer[] {
  const { safe, type } = format
  const mark = pick(format, { '16x9': 260, '9x16': 360, '1x1': 270 })
  const size = type.display * pick(format, { '16x9': 0.95, '9x16': 1, '1x1': 0.95 })
  const line = type.body * pick(format, { '16x9': 1.1, '9x16': 1.1, '1x1': 1.1 })
  const lines = pick(format, { '16x9': 1, '9x16': 2, '1x1': 1 })
  const [logo, name, bar, tagline] = stack(safe, [
    mark,
    mark * 0.28,
    size * 1.4,
    size * 0.1,
    4,
    size * 0.26,
    line * 1.45 * lines,
  ]) as [Box, Box, Box, Box]
  const place = centerOf(logo)
  const window = inset(
    { x: -name.width / 2, y: -name.height / 2, width: name.width, height: name.height },
    -20,
    0,
  )
  return [
    ...backdrop(format),
    incoming(place, Math.max(format.width, format.height) * 0.6),
    spark(place, format.type.body * 1.4),
    outgoing(place, mark * 1.2),
    ...logoLayers(place, mark),
    rule(centerOf(bar), safe.width * pick(format, { '16x9': 0.22, '9x16': 0.5, '1x1': 0.36 }), IMPACT + 8),
    textLayer('Name', 'Northbound', name, nameStyle(size), palette.color('text'), {
      slot: 'name',
      grouping: 'characters',
      animators: [lettersIn(IMPACT + 6, 28, size)],
      masks: [{ path: roundedBox(window, 0) }],
      transform: leaveUp(name, LEAVE),
    }),
    textLayer('Tagline', 'Small steps, far places', tagline, taglineStyle(line), palette.color('text'), {
      slot: 'tagline',
      transform: present({
        at: centerOf(tagline),
        enter: IMPACT + 16,
        enterFrames: 20,
        leave: LEAVE + 1,
        from: [0, -30],
      }),
    }),
  ]
}
