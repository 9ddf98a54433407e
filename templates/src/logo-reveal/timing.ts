import type { Stretch } from '../../kit/write-animation.ts'

/** Frames of a scene: 4 s at 30 fps. */
export const FRAMES = 120
/** Every wave on stage has this period, so that the loop is seamless. */
export const PERIOD = 48
/** First frame of the exit. */
export const LEAVE = 105
/** The moment that everything runs towards: the mark appears. */
export const IMPACT = 20

/** A longer scene repeats the period before it leaves. */
export const stretch: readonly Stretch[] = [{ kind: 'loop', from: LEAVE - PERIOD, frames: PERIOD }]

/** Where everything is in place. */
export const SNAPSHOT = 81
