import type { Rational } from './rational.ts'

/** Codecs we write, by the name a person knows them by. */
export const videoCodecs = [
  'h264',
  'h265',
  'av1',
  'vp9',
  'prores422',
  'prores4444',
  'gif',
  'webp',
  'png',
] as const
export type VideoCodec = (typeof videoCodecs)[number]

/** `png` is a folder's worth of numbered pictures; the others are one file. */
export const containers = ['mp4', 'webm', 'mov', 'gif', 'webp', 'png'] as const
export type Container = (typeof containers)[number]

/** Containers of moving pictures alone. */
export const soundless: readonly Container[] = ['gif', 'webp', 'png']

/** What the encoder may spend: draft is for looking, standard for the web, high for further editing. */
export const qualities = ['draft', 'standard', 'high'] as const
export type Quality = (typeof qualities)[number]

/** All that decides how painted frames become packets. Part of every segment key. */
export interface VideoSettings {
  readonly codec: VideoCodec
  /** Pixels; even where the codec subsamples chroma. */
  readonly width: number
  readonly height: number
  /** Frames a second, exact. */
  readonly fps: Rational
  readonly quality: Quality
  /** Keeps transparency; only vp9, prores4444, webp, gif and png can. Otherwise frames lie on `background`. */
  readonly alpha: boolean
}
