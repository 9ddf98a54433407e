/** What a file is, as far as a template must know. */
export interface MediaInfo {
  readonly kind: 'image' | 'video' | 'audio'
  /** Short name of the format: jpg, png, svg, mp4, webm, mp3… */
  readonly format: string
  /** Pixels as shown: turned upright, and with square pixels. 0 for sound. */
  readonly width: number
  readonly height: number
  /** Length in seconds; 0 for a picture. */
  readonly seconds: number
  /** Average frames a second of a video. */
  readonly fps?: number
  readonly hasAudio: boolean
  /** May something shine through? */
  readonly hasAlpha: boolean
}
