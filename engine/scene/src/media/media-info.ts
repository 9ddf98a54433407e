import type { MediaInfo } from '@flatrender/contracts/engine'

export type { MediaInfo } from '@flatrender/contracts/engine'

/** A picture, as far as compiling has to know it. */
export type PictureInfo = Extract<MediaInfo, { kind: 'picture' }>

/** A video likewise: size upright in pixels, as it is displayed. */
export type VideoInfo = Extract<MediaInfo, { kind: 'video' }>

/** A sound likewise. */
export type SoundInfo = Extract<MediaInfo, { kind: 'sound' }>

/** `src` as the modifications write it → the file. */
export type MediaLibrary = ReadonlyMap<string, MediaInfo>
