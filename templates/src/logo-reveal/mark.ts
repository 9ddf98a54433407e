import { type Box, centerOf, stack } from '../../kit/box.ts'
import { type Format, pick } from '../../kit/format.ts'
import type { Layer } from '../../kit/layer.ts'
import { present } from '../../kit/presence.ts'
import { textLayer } from '../../kit/text-layer.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { backdrop } from './backdrop.ts'
import { incoming, outgoing, spark } from './burst.ts'
import { logoLayers } from './logo.ts'
import { palette } from './palette.ts'
import { logoSlots, taglineSlot } from './slots.ts'
import { FRAMES, IMPACT, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { taglineStyle } from './type.ts'

/** The mark alone, large, with a tagline. */
export const mark: SceneDefinition = {
  id: 'mark',
  name: { en: 'Logo', fa: 'نشان' },
  frames: FRAMES,
  stretch,
  snapshotFrame: SNAPSHOT,
  slots: { ...logoSlots, tagline: taglineSlot },
  cues: [
    { frame: 1, file: 'audio/rise.ogg', volume: 0.6 },
    { frame: IMPACT, file: 'audio/chime.ogg', volume: 0.8 },
  ],
  draw,
}

function draw(format: Format): Layer[] {
  const { safe, type } = format
  const size = pick(format, { '16x9': 400, '9x16': 500, '1x1': 400 })
  const line = type.title * 0.82
  const [logo, tagline] = stack(safe, [
    size,
    size * 0.3,
    line * 1.4 * pick(format, { '16x9': 1, '9x16': 2, '1x1': 2 }),
  ]) as [Box, Box]
  const place = centerOf(logo)
  return [
    ...backdrop(format),
    incoming(place, Math.max(format.width, format.height) * 0.55),
    spark(place, format.type.body * 1.4),
    outgoing(place, size * 1.05),
    ...logoLayers(place, size),
    textLayer('Tagline', 'Small steps, far places', tagline, taglineStyle(line), palette.color('text'), {
      slot: 'tagline',
      transform: present({
        at: centerOf(tagline),
        enter: IMPACT + 12,
        enterFrames: 24,
        leave: LEAVE,
        from: [0, 44],
      }),
    }),
  ]
}
