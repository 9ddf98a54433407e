import { type Box, centerOf } from '../../kit/box.ts'
import { animate } from '../../kit/keyframes.ts'
import type { Layer } from '../../kit/layer.ts'
import { nullLayer, shapeLayer } from '../../kit/layers.ts'
import { oscillate } from '../../kit/oscillate.ts'
import { fill } from '../../kit/paint.ts'
import { leaving } from '../../kit/presence.ts'
import { rectangle } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { textLayer } from '../../kit/text-layer.ts'
import { palette } from './palette.ts'
import { FRAMES, LEAVE, PERIOD } from './timing.ts'
import { headline } from './type.ts'

/** A rounded label: its slot, place, and the frames at which it comes and goes. */
export type PillOptions = {
  slot: string
  words: string
  box: Box
  size: number
  enter: number
  leaves?: boolean
  breathes?: boolean
}

/** Words on a pill of the accent colour, which pops in. */
export function pill({
  slot,
  words,
  box,
  size,
  enter,
  leaves = true,
  breathes = false,
}: PillOptions): Layer[] {
  const local = { x: -box.width / 2, y: -box.height / 2, width: box.width, height: box.height }
  const room = { ...local, x: local.x + box.height * 0.4, width: local.width - box.height * 0.8 }
  const breath = oscillate({
    low: [100, 100],
    high: breathes ? [104, 104] : [100, 100],
    period: PERIOD / 2,
    frames: FRAMES,
  })
  const rig = nullLayer('Pill rig', { transform: { position: centerOf(box), scale: breath } })
  const scale = animate([
    ...spring({ at: enter, from: [0, 0], to: [100, 100], frames: 24, damping: 0.5 }),
    ...leaving(leaves ? LEAVE : undefined, 9, [100, 100], [0, 0]),
  ])
  return [
    rig,
    shapeLayer('Pill', [rectangle(local, box.height / 2), fill(palette.color('accent'))], {
      parent: rig,
      transform: { scale },
    }),
    textLayer('Pill text', words, room, headline(size, { tracking: 0 }), palette.color('onAccent'), {
      slot,
      parent: rig,
      transform: { position: [0, 0], scale },
    }),
  ]
}
