import { type Box, centerOf } from './box.ts'
import { easing } from './easing.ts'
import { animate } from './keyframes.ts'
import { leaving } from './presence.ts'
import { enterBy, type TextAnimator } from './text-animator.ts'
import type { Transform } from './transform.ts'

/** Words rise into place one after the other. `size` is the type's size in pixels. */
export function wordsIn(enter: number, frames: number, size: number): TextAnimator {
  const selected = { position: [0, size * 0.7], opacity: 0, rotation: 4 }
  return enterBy({ by: 'words', from: enter, to: enter + frames, selected })
}

/** Words land from above the picture's plane, one after the other. */
export function wordsLand(enter: number, frames: number): TextAnimator {
  const selected = { scale: [170, 170], opacity: 0 }
  return enterBy({ by: 'words', from: enter, to: enter + frames, selected })
}

/** Lines rise into place one after the other. */
export function linesIn(enter: number, frames: number, size: number): TextAnimator {
  const selected = { position: [0, size * 1.1], opacity: 0 }
  return enterBy({ by: 'lines', from: enter, to: enter + frames, selected })
}

/** Letters rise one after the other; letters that join move together. For masked single lines. */
export function lettersIn(enter: number, frames: number, size: number): TextAnimator {
  const selected = { position: [0, size * 1.6], rotation: 9 }
  return enterBy({ by: 'characters', from: enter, to: enter + frames, selected })
}

/** Where a text stands whose words come in by themselves; it leaves upwards from frame `leave`. */
export function leaveUp(box: Box, leave: number, frames = 12): Transform {
  const [x, y] = centerOf(box)
  return {
    position: animate([
      { at: 0, value: [x, y] },
      { at: leave, value: [x, y], hold: true },
      { at: leave + frames, value: [x, y - 56], ease: easing.accelerate },
    ]),
    opacity: animate([{ at: 0, value: 100 }, ...leaving(leave, frames, 100, 0)]),
  }
}
