import type { Stretch } from '../../kit/write-animation.ts'

/** Frames of a scene: 4.4 s at 30 fps. */
export const FRAMES = 132
/**
 * Every wave on stage has this period, so that the loop is seamless. Twice this is where the default transition
 * begins: there the backdrop is where the next scene's backdrop starts.
 */
export const PERIOD = 60
/** First frame of the exit. */
export const LEAVE = 112

/** Here the first thing leaves; until then nothing but waves is on stage. */
const QUIET = LEAVE - 2

/** A longer scene repeats the quiet period, once everything has arrived. */
export const stretch: readonly Stretch[] = [{ kind: 'loop', from: QUIET - PERIOD, frames: PERIOD }]

/** Where everything is in place. */
export const SNAPSHOT = 84
