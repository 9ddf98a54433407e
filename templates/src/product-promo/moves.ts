import { type Box, centerOf } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { animate } from '../../kit/keyframes.ts'
import { leaving } from '../../kit/presence.ts'
import { enterBy, type TextAnimator } from '../../kit/text-animator.ts'
import type { Transform } from '../../kit/transform.ts'
import { LEAVE } from './timing.ts'

/** Words rise into place one after the other. `size` is the type's size in pixels. */
export function wordsIn(enter: number, frames: number, size: number): TextAnimator {
  return enterBy({
    by: 'words',
    from: enter,
    to: enter + frames,
    selected: { position: [0, size * 0.7], opacity: 0, rotation: 4 },
  })
}

/** Lines rise into place one after the other. */
export function linesIn(enter: number, frames: number, size: number): TextAnimator {
  return enterBy({
    by: 'lines',
    from: enter,
    to: enter + frames,
    selected: { position: [0, size * 1.2], opacity: 0 },
  })
}

/** Where a text stands whose words come in by themselves; it leaves upwards, `after` frames into the exit. */
export function leaveUp(box: Box, after = 0, frames = 12): Transform {
  const [x, y] = centerOf(box)
  const leave = LEAVE + after
  return {
    position: animate([
      { at: 0, value: [x, y] },
      { at: leave, value: [x, y], hold: true },
      { at: leave + frames, value: [x, y - 56], ease: easing.accelerate },
    ]),
    opacity: animate([{ at: 0, value: 100 }, ...leaving(leave, frames, 100, 0)]),
  }
}
