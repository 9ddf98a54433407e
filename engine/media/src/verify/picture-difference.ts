import { AV_CODEC_ID_GIF, AV_CODEC_ID_WEBP } from 'node-av/constants'
import type { StreamParameters } from '../encode/stream-parameters.ts'

/** Mean and worst difference of two thumbprints' cells, of 255. */
export interface CellDifference {
  readonly mean: number
  readonly worst: number
}

/** How far apart two pictures are, or may be. */
export interface PictureDifference {
  readonly luma: CellDifference
  readonly chroma: CellDifference
  readonly alpha: CellDifference
}

// Measured in every frame of four of lottie-web's animations, on white and on red, four photos that move, a test card
// and a gradient of all colours; 360p, draft and standard. Each tolerance is twice what encoding did at most, or more.

/**
 * H.264, H.265, AV1, VP9, ProRes and PNG: encoding moved luma by 0.57 in the mean and a cell by 8, chroma by 0.91 and 9,
 * alpha by 0.06 and 1.
 */
const video: PictureDifference = {
  luma: { mean: 1.5, worst: 16 },
  chroma: { mean: 2, worst: 18 },
  alpha: { mean: 1.5, worst: 16 },
}

/**
 * WebP: 7.2 and 15, 2 and 14. libwebp takes pixels that changed by little for unchanged (7.8 of 255 in draft, less
 * above), so that a slow fade comes in steps: hence a mean that a whole picture may be off by. Alpha it keeps.
 */
const webp: PictureDifference = {
  luma: { mean: 10, worst: 30 },
  chroma: { mean: 8, worst: 28 },
  alpha: { mean: 1.5, worst: 16 },
}

/**
 * GIF: 256 colours leave flat animations as they are (0.04 and 2, 0.05 and 1) and photos too (0.11 and 2), but all
 * colours at once, as on the test card, move by 7.8 and 36, 11.7 and 70. Alpha is compared as GIF keeps it, all or nothing.
 */
const gif: PictureDifference = {
  luma: { mean: 16, worst: 72 },
  chroma: { mean: 24, worst: 140 },
  alpha: { mean: 1.5, worst: 16 },
}

/** The most by which a picture may differ from what was painted, encoded as this stream is. */
export function chooseTolerance(parameters: StreamParameters): PictureDifference {
  const { codecId } = parameters
  return widen(codecId === AV_CODEC_ID_GIF ? gif : codecId === AV_CODEC_ID_WEBP ? webp : video, parameters)
}

/** Pixels from which on a cell is a mean of so many that encoding moves it no further than it does in a larger picture. */
const ENOUGH_PIXELS = 256 * 144

/**
 * A cell of a smaller picture is a mean of few pixels, of which encoding moves each on its own: the fewer, the further.
 * Measured in every frame of three of our templates, H.264, standard: luma by 0.96 in the mean and a cell by 9 at 214×120,
 * 1.9 and 19 at 96×54, 2.6 and 20 at 64×36, 4.9 and 45 at 32×18.
 */
function widen(tolerance: PictureDifference, { video: size }: StreamParameters): PictureDifference {
  const factor = Math.max(1, Math.sqrt(ENOUGH_PIXELS / (size!.width * size!.height)))
  const wider = ({ mean, worst }: CellDifference) => ({ mean: mean * factor, worst: worst * factor })
  return { luma: wider(tolerance.luma), chroma: wider(tolerance.chroma), alpha: wider(tolerance.alpha) }
}

/**
 * Two encodings of one picture whose colours another architecture rounded otherwise. Measured by adding or taking 1 at three of
 * ten colour values of each frame, far more than rounding does, of a test card, of noise in motion and of four scenes of our
 * templates; 360p, draft and standard. All but WebP: luma moved by 0.83 in the mean and a cell by 7, chroma by 1.08 and 5. A
 * patch of a fiftieth of the picture that is 16 lighter or darker moves a cell by 10 at the least: it is found.
 */
const twins: PictureDifference = {
  luma: { mean: 2, worst: 9 },
  chroma: { mean: 2, worst: 9 },
  alpha: { mean: 1.5, worst: 9 },
}

/** The most by which pictures may differ that two architectures painted and encoded, both as this stream is. */
export function chooseTwinTolerance(parameters: StreamParameters): PictureDifference {
  // libwebp's steps (above) may begin a frame earlier in one than in the other.
  return widen(parameters.codecId === AV_CODEC_ID_WEBP ? webp : twins, parameters)
}
