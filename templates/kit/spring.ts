import type { Key } from './keyframes.ts'
import type { Value } from './round.ts'

/** How a spring swings: damping 0.1 rings for long, 1 doesn't swing at all. */
export type SpringOptions = { at: number; from: Value; to: Value; frames: number; damping?: number }

/**
 * A damped spring as keyframes at its extremes: exact where it turns, a sine's curve between. Skottie has no
 * springs, and one Bézier segment can pass its goal only once.
 */
export function spring({ at, from, to, frames, damping = 0.5 }: SpringOptions): Key[] {
  const swing = Math.min(Math.max(damping, 0.1), 0.95)
  const decay = Math.exp((-Math.PI * swing) / Math.sqrt(1 - swing * swing))
  const turns: number[] = []
  for (let overshoot = decay; overshoot > 0.012 && turns.length < 5; overshoot *= decay)
    turns.push(turns.length % 2 === 0 ? overshoot : -overshoot)
  const step = frames / (turns.length + 1.2)
  const keys: Key[] = [{ at, value: from }]
  for (const [index, turn] of turns.entries())
    keys.push({
      at: at + step * (index + 1),
      value: mix(from, to, 1 + turn),
      ease: index === 0 ? [0.3, 0.2, 0.5, 1] : [0.3642, 0, 0.6358, 1],
    })
  keys.push({
    at: at + frames,
    value: to,
    ease: turns.length === 0 ? [0.16, 1, 0.3, 1] : [0.3642, 0, 0.5, 1],
  })
  return keys
}

/** The value at a share of the way between two; the share may lie outside 0…1. */
export function mix(from: Value, to: Value, share: number): Value {
  if (typeof from === 'number') return from + ((to as number) - from) * share
  return from.map((part, index) => part + ((to as readonly number[])[index]! - part) * share)
}
