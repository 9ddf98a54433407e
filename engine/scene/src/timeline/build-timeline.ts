import { type Rational, toNumber } from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Lottie } from '../lottie/lottie-json.ts'
import type { MediaLibrary } from '../media/media-info.ts'
import type { ResolvedScene, Story } from '../story/story.ts'
import { findClips } from './find-clips.ts'
import { sceneSeconds } from './scene-seconds.ts'
import { mapTime } from './time-map.ts'
import type { Piece, Timeline, TimelineScene } from './timeline.ts'

/** The longest video, seconds. */
const MAX_STORY_SECONDS = 4 * 3600

/**
 * Lays the scenes one after the other, overlapping by their transitions. `lottieOf` gives a scene's animation in the
 * wanted format. Errors: DURATION_OUT_OF_RANGE, STORY_TOO_LONG.
 */
export function buildTimeline(
  story: Story,
  lottieOf: (scene: ResolvedScene) => Lottie,
  media: MediaLibrary,
  templateFps: Rational,
  fps: Rational,
): Timeline {
  const step = (templateFps.num * fps.den) / (templateFps.den * fps.num)
  const lengths = story.scenes.map((resolved) => {
    const seconds = sceneSeconds(resolved, lottieOf(resolved), media)
    return Math.max(1, Math.round((seconds * fps.num) / fps.den))
  })
  const overlaps = fitOverlaps(story.scenes, lengths, fps)
  const scenes: TimelineScene[] = []
  let start = 0
  story.scenes.forEach((resolved, index) => {
    const frames = lengths[index]!
    const lottie = lottieOf(resolved)
    const length = isNatural(frames * step, lottie, step) ? lottie.op - lottie.ip : frames * step
    const map = mapTime(
      lottie,
      length,
      resolved.scene.snapshotFrame,
      hasVideo(resolved, media) ? step : undefined,
    )
    const clock = { frames, step, fps: toNumber(fps), map }
    scenes.push({ resolved, start, frames, map, clips: findClips(resolved, lottie, media, clock) })
    start += frames - (overlaps[index] ?? 0)
  })
  const frames = start
  const seconds = (frames * fps.den) / fps.num
  if (seconds > MAX_STORY_SECONDS) {
    throw new FlatRenderError('STORY_TOO_LONG', { seconds: Math.round(seconds), limit: MAX_STORY_SECONDS })
  }
  return { fps, step, scenes, frames, pieces: cutPieces(scenes, overlaps) }
}

/** Rounding to output frames must not stretch a scene that lasts as designed. */
function isNatural(length: number, lottie: Lottie, step: number): boolean {
  return Math.abs(length - (lottie.op - lottie.ip)) < Math.max(0.51, step / 2 + 0.01)
}

function hasVideo(resolved: ResolvedScene, media: MediaLibrary): boolean {
  return [...resolved.values.values()].some(
    (value) => value.type === 'picture' && media.get(value.src)?.kind === 'video',
  )
}

/** Overlap after each scene, output frames. Both of a scene's transitions together leave it a frame of its own. */
function fitOverlaps(scenes: readonly ResolvedScene[], lengths: readonly number[], fps: Rational): number[] {
  const wanted = scenes.map(({ transition }) =>
    transition === undefined ? 0 : Math.round((transition.seconds * fps.num) / fps.den),
  )
  return wanted.map((overlap, index) => {
    const room = (scene: number) => Math.floor(((lengths[scene] ?? 1) - 1) / 2)
    const next = index + 1 < lengths.length ? room(index + 1) : 0
    return Math.min(overlap, room(index), next)
  })
}

function cutPieces(scenes: readonly TimelineScene[], overlaps: readonly number[]): Piece[] {
  return scenes.flatMap(({ start, frames, resolved }, scene): Piece[] => {
    const before = scene === 0 ? 0 : overlaps[scene - 1]!
    const after = overlaps[scene]!
    const body: Piece = {
      kind: 'scene',
      scene,
      start: start + before,
      frames: frames - before - after,
      offset: before,
    }
    const { transition } = resolved
    if (transition === undefined || after === 0) return [body]
    return [body, { kind: 'transition', scene, start: start + frames - after, frames: after, transition }]
  })
}
