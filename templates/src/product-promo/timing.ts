import type { Stretch } from '../../kit/write-animation.ts'

/** Frames of a scene: 5 s at 30 fps. */
export const FRAMES = 150
/**
 * Every wave on stage has this period, so that the loop is seamless. Twice this is where the default transition
 * begins: there the backdrop is where the next scene's backdrop starts.
 */
export const PERIOD = 69
/** First frame of the exit. */
export const LEAVE = 126

/** Here the first thing leaves; until then nothing but waves is on stage. */
const QUIET = LEAVE - 6

/** Between the last entrance and the exit all that moves are waves: that part loops. */
export const stretch: readonly Stretch[] = [{ kind: 'loop', from: QUIET - PERIOD, frames: PERIOD }]

/** Where everything is in place. */
export const SNAPSHOT = 100
