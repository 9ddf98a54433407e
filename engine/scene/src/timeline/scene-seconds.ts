import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Lottie } from '../lottie/lottie-json.ts'
import type { MediaLibrary } from '../media/media-info.ts'
import { playedSeconds } from '../media/played-seconds.ts'
import { countCharacters } from '../story/count-characters.ts'
import type { ResolvedScene } from '../story/story.ts'
import { shortestLength } from './time-map.ts'

/** Comfortable reading, characters a second, with a moment to look first. */
const READING_SPEED = 15
const READING_START = 1

/** How long a scene lasts, seconds: what the person says, what it follows, or as designed. Errors: DURATION_OUT_OF_RANGE. */
export function sceneSeconds(resolved: ResolvedScene, lottie: Lottie, media: MediaLibrary): number {
  const { scene } = resolved
  const natural = (lottie.op - lottie.ip) / lottie.fr
  const designed = scene.duration.default ?? natural
  const shortest = shortestLength(lottie)
  const min =
    scene.duration.min ?? (shortest === undefined ? Math.min(designed, natural / 2) : shortest / lottie.fr)
  const max = scene.duration.max ?? 3600
  const wanted =
    resolved.duration ?? (scene.duration.follows === 'nothing' ? designed : scene.duration.follows)
  if (typeof wanted !== 'number') {
    const followed = followedSeconds(wanted, resolved, natural, media) ?? designed
    return Math.min(Math.max(followed, min), max)
  }
  if (wanted < min - 1e-6 || wanted > max + 1e-6) {
    throw new FlatRenderError('DURATION_OUT_OF_RANGE', {
      scene: scene.id,
      seconds: wanted,
      min: Number(min.toFixed(2)),
      max: Number(max.toFixed(2)),
    })
  }
  return wanted
}

function followedSeconds(
  what: 'text' | 'media' | 'voiceover',
  resolved: ResolvedScene,
  natural: number,
  media: MediaLibrary,
): number | undefined {
  const values = [...resolved.values.values()]
  switch (what) {
    case 'text': {
      const characters = values.reduce(
        (sum, value) => sum + (value.type === 'text' ? countCharacters(value.text) : 0),
        0,
      )
      return characters === 0 ? undefined : Math.max(natural, READING_START + characters / READING_SPEED)
    }
    case 'media': {
      const lengths = values.flatMap((value) =>
        value.type === 'picture' ? [playedSeconds(value, media)] : [],
      )
      const longest = Math.max(0, ...lengths.map((seconds) => seconds ?? 0))
      return longest === 0 ? undefined : longest
    }
    case 'voiceover': {
      const { voiceover } = resolved
      if (voiceover === undefined) return undefined
      const source = media.get(voiceover.src)
      if (source === undefined || source.kind === 'picture') return undefined
      const end = Math.min(voiceover.trimEnd ?? source.seconds, source.seconds)
      return (voiceover.start ?? 0) + Math.max(0, end - (voiceover.trimStart ?? 0))
    }
  }
}
