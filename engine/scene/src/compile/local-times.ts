import { type Layer, type Lottie, layerTypes } from '../lottie/lottie-json.ts'
import { chainState, findChains } from '../measure/layer-chain.ts'
import { innerTime, isIdentity, type TimeMap } from '../timeline/time-map.ts'
import { allLayers } from './all-layers.ts'
import { TIME_BIAS } from './wrap-time.ts'

/** How output frames of a scene become its designed frames. */
export interface SceneClock {
  /** Output frames of the scene. */
  readonly frames: number
  /** Template frames an output frame. */
  readonly step: number
  /** Output frames a second. */
  readonly fps: number
  readonly map: TimeMap
}

/**
 * For each output frame at which the layer shows: the time inside it (frames), that is, in the precomp it refers to.
 * A layer in a precomp that is used several times goes by the first use.
 */
export function localTimes(
  lottie: Lottie,
  layer: Layer,
  clock: SceneClock,
): { frame: number; local: number }[] {
  const [chain] = findChains(lottie, layer)
  if (chain === undefined) return []
  const times: { frame: number; local: number }[] = []
  for (let frame = 0; frame < clock.frames; frame++) {
    const state = chainState(chain, designedFrame(lottie, clock, frame), lottie.fr)
    if (state !== undefined) times.push({ frame, local: state.time })
  }
  return times
}

/** From the first output frame to one past the last at which any image layer of these assets shows. */
export function findShownSpan(
  lottie: Lottie,
  assets: readonly string[],
  clock: SceneClock,
): { from: number; to: number } | undefined {
  const frames = allLayers(lottie)
    .filter(({ ty, refId = '' }) => ty === layerTypes.image && assets.includes(refId))
    .flatMap((layer) => localTimes(lottie, layer, clock).map(({ frame }) => frame))
  if (frames.length === 0) return undefined
  const first = frames.reduce((least, frame) => Math.min(least, frame))
  return { from: first, to: frames.reduce((most, frame) => Math.max(most, frame)) + 1 }
}

/** The designed frame (in the composition's own time) that an output frame shows. */
function designedFrame(lottie: Lottie, clock: SceneClock, frame: number): number {
  const wrapped = !isIdentity(clock.map) || lottie.ip !== 0
  return innerTime(clock.map, frame * clock.step) + (wrapped ? TIME_BIAS : 0)
}
