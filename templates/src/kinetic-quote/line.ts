import { type Box, stack } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { type Format, pick } from '../../kit/format.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { shapeLayer } from '../../kit/layers.ts'
import { fill } from '../../kit/paint.ts'
import { still } from '../../kit/property.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { leaveUp, linesIn, wordsLand } from '../../kit/text-moves.ts'
import type { SceneDefinition } from '../package/scene-definition.ts'
import { textSlot } from '../slots.ts'
import { groundLayers } from './ground.ts'
import { type Ground, grounds, palette } from './palette.ts'
import { FRAMES, LEAVE, SNAPSHOT, stretch } from './timing.ts'
import { loud, loudSize } from './type.ts'

const common = {
  frames: FRAMES,
  stretch,
  duration: { follows: 'text' as const },
  snapshotFrame: SNAPSHOT,
  slots: { text: textSlot('Words', 'متن', 110, 7) },
}

/** A sentence whose words land one after the other. */
export const line: SceneDefinition = {
  ...common,
  id: 'line',
  name: { en: 'Sentence', fa: 'جمله' },
  cues: [{ frame: 4, file: 'audio/tick.ogg', volume: 0.4 }],
  draw: (format) => draw(format, grounds.plain, 'Start before you are ready'),
}

/** A sentence on the accent colour, whose lines rise together. */
export const shout: SceneDefinition = {
  ...common,
  id: 'shout',
  name: { en: 'Sentence on colour', fa: 'جمله روی رنگ' },
  cues: [{ frame: 8, file: 'audio/whoosh.ogg', volume: 0.45 }],
  draw: (format) => draw(format, grounds.accent, 'Finish before it is perfect'),
}

function draw(format: Format, ground: Ground, words: string): Layer[] {
  const size = loudSize(format)
  const bar = pick(format, { '16x9': 18, '9x16': 18, '1x1': 14 })
  const { safe } = format
  const high = safe.height - bar - size * 0.4
  const [box, under] = stack(safe, [high, size * 0.4, bar]) as [Box, Box]
  const enter = ground === grounds.plain ? 2 : 14
  const animator = ground === grounds.plain ? wordsLand(enter, 40) : linesIn(enter, 32, size)
  return [
    ...groundLayers(format, ground),
    underline(under, ground, enter + 12),
    textLayer('Words', words, box, loud(size), palette.color(ground.ink), {
      slot: 'text',
      animators: [animator],
      transform: leaveUp(box, LEAVE),
    }),
  ]
}

/** A bar that grows from its middle, as wide as a breath. */
function underline(box: Box, ground: Ground, enter: number): Layer {
  const width = box.width * 0.22
  const size = animate([
    { at: enter, value: [0, box.height] },
    { at: enter + 20, value: [width, box.height], ease: easing.emphasised },
    { at: LEAVE, value: [width, box.height], hold: true },
    { at: LEAVE + 10, value: [0, box.height], ease: easing.accelerate },
  ])
  const place = still([box.x + box.width / 2, box.y + box.height / 2])
  const color = palette.color(ground === grounds.plain ? 'detail' : ground.ink)
  return shapeLayer('Bar', [{ ty: 'rc', d: 1, p: place, s: size, r: still(box.height / 2) }, fill(color)])
}
