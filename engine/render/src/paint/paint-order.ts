import type { SlotCheck, VideoSettings } from '@flatrender/contracts/engine'
import type { PictureFault } from '../verify/verify-pictures.ts'

/** All that a worker must be told to paint one segment; plain data, so that it can be kept and replayed. */
export interface PaintOrder {
  readonly key: string
  /** For people: the name of the piece, and where on the timeline the segment begins. */
  readonly piece: string
  readonly start: number
  /** Path of the compiled Lottie's JSON. */
  readonly lottieFile: string
  readonly settings: VideoSettings
  readonly background: string | null
  /** Frames of the composition an output frame. */
  readonly step: number
  /** Output frames of the piece: first, and one past the last. */
  readonly from: number
  readonly to: number
  /** Folder for temporary files, on the file system of `output`; who gave the order removes it. */
  readonly scratch: string
  /** Folder with the pictures that the Lottie names. */
  readonly pictures: string
  /** SHA-256 of a video → its file. */
  readonly videos: Readonly<Record<string, string>>
  /** Output frames of the piece at which the picture is the same as in the frame before. */
  readonly still: readonly (readonly [from: number, to: number])[]
  readonly checks: readonly SlotCheck[]
  /** What is decoded again and compared with the painted picture. */
  readonly verify: 'key' | 'full'
  /** Hash every frame for a digest? */
  readonly hashFrames: boolean
  /** Where to leave the segment; nothing is encoded when absent, for a digest alone. */
  readonly output?: string
}

/** What came of it. */
export interface PaintResult {
  readonly frames: number
  readonly frameHashes?: readonly string[]
  /** Slots that should have been seen and were not. */
  readonly unseen: readonly SlotCheck[]
  /** Frames that came out wrong: nothing was left under the key then. */
  readonly fault?: PictureFault
  /** Largest resident size of the process while painting, bytes. */
  readonly peakRss: number
}
