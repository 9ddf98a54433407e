import type { Stretch } from '../../kit/write-animation.ts'

/** Frames of a scene: 3.4 s at 30 fps. */
export const FRAMES = 102
/** Every wave on stage has this period, so that the loop is seamless. */
export const PERIOD = 42
/** First frame of the exit. */
export const LEAVE = 88

export const stretch: readonly Stretch[] = [{ kind: 'loop', from: LEAVE - PERIOD, frames: PERIOD }]

/** Where everything is in place. */
export const SNAPSHOT = 67
