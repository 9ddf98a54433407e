import type { Container, RenderPlan, SoundPlan } from '@flatrender/contracts/engine'
import type { MediaInfo, StillFormat } from '@flatrender/engine-media'
import type { PaintOrder, PaintResult } from '../paint/paint-order.ts'
import type { SegmentDifference } from '../verify/compare-segments.ts'

/** What is this file of a person? */
export interface ProbeOrder {
  readonly file: string
}

/** A person's picture as the painter reads it: upright, and not too large. */
export interface PictureOrder {
  readonly file: string
  readonly output: string
}

/** One moment of a compiled Lottie. */
export interface StillOrder {
  /** Path of the compiled Lottie's JSON. */
  readonly lottieFile: string
  /** Frame of the composition, fractions too. */
  readonly frame: number
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly background: string | null
  /** `pixels`: premultiplied RGBA, width × height × 4 bytes. */
  readonly format: StillFormat | 'pixels'
  /** Folder with the pictures that the Lottie names. */
  readonly pictures: string
  /** SHA-256 of a video → its file. */
  readonly videos: Readonly<Record<string, string>>
  /** Folder for temporary files, on the file system of `output`; who gave the order removes it. */
  readonly scratch: string
  readonly output: string
}

/** A small picture of a person's picture or video. */
export interface ThumbnailOrder {
  readonly file: string
  /** Of a video. */
  readonly seconds: number
  /** Pixels that neither side exceeds. */
  readonly maxSide: number
  readonly format: StillFormat
  readonly output: string
}

/** The sound of a whole timeline, mixed and encoded once. */
export interface SoundOrder {
  readonly plan: SoundPlan
  /** SHA-256 → file. */
  readonly files: Readonly<Record<string, string>>
  readonly container: Container
  /** Names what comes of it. */
  readonly key: string
  readonly scratch: string
  readonly output: string
}

/** Segments joined with their sound. */
export interface AssembleOrder {
  readonly plan: RenderPlan
  /** Segment key → file. */
  readonly segments: Readonly<Record<string, string>>
  /** As a `sound` order left it; null for silence. */
  readonly sound: string | null
  readonly output: string
}

/** Segments of the same frames: each but the last is compared with that. */
export interface CompareOrder {
  readonly files: readonly string[]
}

/** Width and height, pixels. */
interface Size {
  readonly width: number
  readonly height: number
}

/** Kinds of work: what is ordered, and what a worker answers. Files are left where orders say. */
export interface Work {
  readonly paint: { readonly order: PaintOrder; readonly result: PaintResult }
  readonly probe: { readonly order: ProbeOrder; readonly result: MediaInfo }
  readonly picture: { readonly order: PictureOrder; readonly result: Size }
  readonly still: { readonly order: StillOrder; readonly result: Size }
  readonly thumbnail: { readonly order: ThumbnailOrder; readonly result: Size }
  readonly sound: { readonly order: SoundOrder; readonly result: { readonly heard: boolean } }
  readonly compare: {
    readonly order: CompareOrder
    readonly result: { readonly beside: readonly SegmentDifference[] }
  }
  readonly assemble: { readonly order: AssembleOrder; readonly result: { readonly frames: number } }
}

/** The name of a kind of work. */
export type WorkKind = keyof Work

/** An order that says its kind: plain data, so that it can be kept and replayed. */
export type WorkOrder<Kind extends WorkKind = WorkKind> = {
  [One in Kind]: { readonly kind: One } & Work[One]['order']
}[Kind]

/** What comes of an order of that kind. */
export type WorkResult<Kind extends WorkKind = WorkKind> = Work[Kind]['result']

/** A sign of life: the frame that is done, where frames are counted, and resident bytes. */
export type Sign = (frame: number | null, rss: number) => void
