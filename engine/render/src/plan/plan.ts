import type { Container, VideoSettings } from '@flatrender/contracts/engine'

/** Where a slot must be seen: worker and farm look there while painting. Pixels of the output. */
export interface SlotCheck {
  readonly scene: string
  readonly slot: string
  readonly kind: 'text' | 'media'
  /** Index of its layer in the composition, then in the precomp that this one refers to, and so on. */
  readonly layer: readonly number[]
  /** Output frame of the piece. */
  readonly frame: number
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

/** A run of frames that one compiled Lottie paints: a scene alone, or a transition. */
export interface PlannedPiece {
  /** For people: `intro`, `intro → outro`. */
  readonly name: string
  /** SHA-256 of the compiled Lottie's JSON. */
  readonly lottie: string
  /** Frame of the composition at the piece's frame 0, and how far one output frame goes on. */
  readonly step: number
  readonly checks: readonly SlotCheck[]
  /** Output frames that show the same picture as the one before: the scene stands still. */
  readonly still: readonly (readonly [from: number, to: number])[]
}

/** The unit of cache and repair: one closed-GOP encoder run. */
export interface PlannedSegment {
  /** SHA-256 of all that can change a bit of it. */
  readonly key: string
  /** Index of its piece. */
  readonly piece: number
  /** Frames of the piece: first, and one past the last. */
  readonly from: number
  readonly to: number
  /** First frame on the timeline. */
  readonly start: number
}

/** What will be done, decided before any work: data, frozen and hashed. */
export interface RenderPlan {
  readonly version: 1
  /** Names the code and libraries that paint and encode. */
  readonly engine: string
  readonly container: Container
  readonly settings: VideoSettings
  /** CSS colour under everything; null keeps transparency. */
  readonly background: string | null
  readonly frames: number
  readonly pieces: readonly PlannedPiece[]
  readonly segments: readonly PlannedSegment[]
  /** SHA-256 of the sound's plan; null for silence. */
  readonly audio: string | null
}
