import type { Quality } from '@flatrender/contracts/engine'
import { classOfSize } from '../output/class-of-size.ts'

/** What decides the price of a video. */
export interface QuotedVideo {
  readonly frames: number
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly quality: Quality
}

/** Frames of 720p in standard quality that a credit pays: six seconds at 30 a second. */
const FRAMES_A_CREDIT = 180
/** Class of size up to which a frame costs so much as one of 720p. */
const SIZES: readonly (readonly [size: number, factor: number])[] = [
  [720, 1],
  [1080, 2],
  [1440, 4],
  [2160, 8],
]
const ABOVE = 16
const QUALITIES: Readonly<Record<Quality, number>> = { draft: 0.5, standard: 1, high: 1.5 }

/** Credits that a video costs: by frames, size and quality, whatever of it is rendered already. */
export function quoteRender({ frames, width, height, quality }: QuotedVideo): number {
  const size = classOfSize({ width, height })
  const factor = SIZES.find(([most]) => size <= most)?.[1] ?? ABOVE
  return Math.max(1, Math.ceil((frames * factor * QUALITIES[quality]) / FRAMES_A_CREDIT))
}
