import type { Stretch } from '../../kit/write-animation.ts'

/** Frames of a scene: 3.4 s at 30 fps. */
export const FRAMES = 102
/** Every wave on stage has this period, so that the loop is seamless. */
export const PERIOD = 38
/** First frame of the exit. */
export const LEAVE = 88

/** Here the first thing leaves; until then nothing but waves is on stage. */
const QUIET = LEAVE - 4

/** A longer scene repeats the quiet period, once everything has arrived. */
export const stretch: readonly Stretch[] = [{ kind: 'loop', from: QUIET - PERIOD, frames: PERIOD }]

/** Where everything is in place. */
export const SNAPSHOT = 67
