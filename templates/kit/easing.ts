/** A cubic Bézier of time (x) to progress (y), from 0,0 to 1,1: [x1, y1, x2, y2]. x stays within 0…1. */
export type Easing = readonly [number, number, number, number]

/**
 * The curves that the templates move by. An entrance decelerates, an exit accelerates, what moves on stage
 * does both; nothing is linear unless it says so.
 */
export const easing = {
  /** Between two places on stage. */
  standard: [0.4, 0, 0.2, 1],
  /** Entrances of what matters: leaves at once, then takes its time to settle. */
  emphasised: [0.16, 1, 0.3, 1],
  /** Entrances of small things. */
  decelerate: [0.05, 0.7, 0.1, 1],
  /** Exits. */
  accelerate: [0.55, 0, 0.85, 0.15],
  /** Exits of large things: waits, then is gone. */
  leave: [0.7, 0, 0.84, 0],
  /** Large surfaces and cameras. */
  grand: [0.76, 0, 0.24, 1],
  /** Half a wave of a sine: from one extreme to the other. */
  sine: [0.3642, 0, 0.6358, 1],
  /** Runs a little past its goal and comes back. */
  overshoot: [0.34, 1.5, 0.64, 1],
  /** Takes a step back before it leaves. */
  anticipate: [0.36, 0, 0.66, -0.4],
  /** The selection that brings words in: they come quickly, the last ones settle. */
  enterText: [0.25, 0.4, 0.35, 1],
  /** On purpose only: a clock's hand, a progress bar. */
  linear: [0, 0, 1, 1],
} as const satisfies Record<string, Easing>

/** Progress of a curve at a share of its time, by bisection; for tests and for sampling. */
export function evaluateEasing([x1, y1, x2, y2]: Easing, time: number): number {
  if (time <= 0) return 0
  if (time >= 1) return 1
  let low = 0
  let high = 1
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (bezier(x1, x2, middle) < time) low = middle
    else high = middle
  }
  return bezier(y1, y2, (low + high) / 2)
}

function bezier(first: number, second: number, at: number): number {
  const rest = 1 - at
  return 3 * rest * rest * at * first + 3 * rest * at * at * second + at * at * at
}
