import type { StreamParameters } from './stream-parameters.ts'

/** One compressed picture, or piece of sound. Times are whole units: frames for video, samples for audio. */
export interface EncodedPacket {
  /** When it is shown, from the start of its stream; 0 is the first. */
  readonly pts: number
  /** When it is decoded; negative at the start where pictures are reordered. */
  readonly dts: number
  readonly duration: number
  /** May decoding begin here? */
  readonly key: boolean
  readonly data: Buffer
  /** VP9's transparency, which WebM keeps beside the picture (a Matroska BlockAdditional). */
  readonly sideData?: Buffer
}

/** What one encoder run gives: a closed group of pictures and what a muxer or decoder must know about it. */
export interface EncodedStream {
  readonly parameters: StreamParameters
  readonly packets: readonly EncodedPacket[]
}
