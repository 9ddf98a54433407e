import type { Quality } from '@flatrender/contracts/engine'

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
/** Short side up to which a frame costs so much as one of 720p. */
const SIZES: readonly (readonly [shortSide: number, factor: number])[] = [
  [720, 1],
  [1080, 2],
  [1440, 4],
  [2160, 8],
]
const ABOVE = 16
const QUALITIES: Readonly<Record<Quality, number>> = { draft: 0.5, standard: 1, high: 1.5 }

/** Credits that a video costs: by frames, size and quality, whatever of it is rendered already. */
export function quoteRender({ frames, width, height, quality }: QuotedVideo): number {
  const short = Math.min(width, height)
  const size = SIZES.find(([most]) => short <= most)?.[1] ?? ABOVE
  return Math.max(1, Math.ceil((frames * size * QUALITIES[quality]) / FRAMES_A_CREDIT))
}
