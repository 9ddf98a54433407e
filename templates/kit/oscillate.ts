import { easing } from './easing.ts'
import { animate, type Key } from './keyframes.ts'
import type { Property } from './property.ts'
import type { Value } from './round.ts'
import { mix } from './spring.ts'

/** A wave between two values. `period` in frames, `phase` in periods: 0 begins at `low`, 0.5 at `high`. */
export type Oscillation = { low: Value; high: Value; period: number; phase?: number; frames: number }

/**
 * A sine as keyframes at its extremes, from before frame 0 to after the last one. With a period that divides
 * a scene's loop, the loop is seamless.
 */
export function oscillate({ low, high, period, phase = 0, frames }: Oscillation): Property {
  const half = period / 2
  const keys: Key[] = []
  const start = -(((phase % 1) + 1) % 1) * period
  for (let index = 0; start + (index - 1) * half < frames; index++)
    keys.push({ at: start + index * half, value: index % 2 === 0 ? low : high, ease: easing.sine })
  return animate(keys)
}

/** Oscillates around a point by ± `by`. */
export function sway(around: Value, by: Value, options: Omit<Oscillation, 'low' | 'high'>): Property {
  return oscillate({ low: mix(around, add(around, by), -1), high: add(around, by), ...options })
}

function add(one: Value, other: Value): Value {
  if (typeof one === 'number') return one + (other as number)
  return one.map((part, index) => part + (other as readonly number[])[index]!)
}
