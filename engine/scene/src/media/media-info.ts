/** What compiling has to know of a person's file; nothing is decoded here. */
export type MediaInfo = PictureInfo | VideoInfo | SoundInfo

/** A picture, as far as compiling has to know it. */
export interface PictureInfo {
  readonly kind: 'picture'
  /** SHA-256 of the file, hexadecimal. */
  readonly hash: string
  /** Upright, pixels. */
  readonly width: number
  readonly height: number
}

/** A video likewise: size upright in pixels, as it is displayed. */
export interface VideoInfo {
  readonly kind: 'video'
  readonly hash: string
  readonly width: number
  readonly height: number
  readonly seconds: number
  readonly hasAudio: boolean
}

/** A sound likewise. */
export interface SoundInfo {
  readonly kind: 'sound'
  readonly hash: string
  readonly seconds: number
}

/** `src` as the modifications write it → the file. */
export type MediaLibrary = ReadonlyMap<string, MediaInfo>
