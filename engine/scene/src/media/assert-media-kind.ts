import { FlatRenderError } from '@flatrender/contracts/errors'
import type { MediaUse } from './list-media-uses.ts'
import type { MediaInfo } from './media-info.ts'

const WANTED: Record<MediaUse['wanted'], { kinds: readonly MediaInfo['kind'][]; name: string }> = {
  picture: { kinds: ['picture'], name: 'a picture' },
  media: { kinds: ['picture', 'video'], name: 'a picture or a video' },
  sound: { kinds: ['sound', 'video'], name: 'a sound' },
}

/** Refuses a file that can't be what the story takes it for. Errors: MEDIA_KIND_WRONG. */
export function assertMediaKind(use: MediaUse, info: MediaInfo): void {
  const { kinds, name } = WANTED[use.wanted]
  if (kinds.includes(info.kind) && !(use.wanted === 'sound' && info.kind === 'video' && !info.hasAudio))
    return
  const found = { picture: 'a picture', video: 'a video', sound: 'a sound' }[info.kind]
  throw new FlatRenderError('MEDIA_KIND_WRONG', { file: use.src, found, wanted: name, ...use.at })
}
