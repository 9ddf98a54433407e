import type { MediaInfo as ProbedMedia } from '@flatrender/engine-media'
import type { MediaInfo } from '@flatrender/engine-scene'

/** What compiling has to know of a probed file, by its hash. */
export function nameProbed(probed: ProbedMedia, hash: string): MediaInfo {
  const { width, height, seconds, hasAudio } = probed
  switch (probed.kind) {
    case 'image':
      return { kind: 'picture', hash, width, height }
    case 'video':
      return { kind: 'video', hash, width, height, seconds, hasAudio }
    case 'audio':
      return { kind: 'sound', hash, seconds }
  }
}
