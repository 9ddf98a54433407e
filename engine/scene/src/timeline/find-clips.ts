import { hideLayers } from '../compile/hide-layers.ts'
import { findShownSpan, type SceneClock } from '../compile/local-times.ts'
import { copyJson } from '../lottie/copy-json.ts'
import type { Lottie } from '../lottie/lottie-json.ts'
import type { MediaLibrary } from '../media/media-info.ts'
import type { ResolvedScene } from '../story/story.ts'
import type { FrameSpan } from './timeline.ts'

/** When the videos of a scene show, by slot; their sound plays just then. What is hidden or never shows is left out. */
export function findClips(
  { scene, values }: ResolvedScene,
  lottie: Lottie,
  media: MediaLibrary,
  clock: SceneClock,
): ReadonlyMap<string, FrameSpan> {
  const videos = [...values].flatMap(([slot, value]) =>
    value.type === 'picture' && media.get(value.src)?.kind === 'video' ? [slot] : [],
  )
  if (videos.length === 0) return new Map()
  const shown = copyJson(lottie)
  hideLayers(shown, scene, values)
  return new Map(
    videos.flatMap((slot) => {
      const ids = (shown.assets ?? []).filter(({ sid }) => sid === slot).map(({ id }) => id)
      const span = findShownSpan(shown, ids, clock)
      return span === undefined ? [] : [[slot, span] as const]
    }),
  )
}
