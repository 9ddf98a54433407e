import type { Frame } from 'node-av/lib'
import type { CellDifference, PictureDifference } from './picture-difference.ts'
import { type PackedPixels, type PlanarPixels, type Plane, readPixels } from './read-pixels.ts'

/**
 * What a picture looks like, in 1008 numbers of 0 to 255, row by row: luma in 32×18 cells, then blue difference (Cb),
 * red difference (Cr) and alpha in 16×9 cells each. Each is a mean; colours count as much as they are opaque.
 */
export type Thumbprint = Uint8Array

const columns = 32
const rows = 18
/** Colours and alpha have cells twice as wide and high. */
const coarse = 2
const coarseCells = (columns / coarse) * (rows / coarse)
const starts = {
  luma: 0,
  blue: columns * rows,
  red: columns * rows + coarseCells,
  alpha: columns * rows + 2 * coarseCells,
  end: columns * rows + 3 * coarseCells,
}
// More samples of a cell than so many in each direction do not change its mean by anything that matters.
const samplesASide = 8

/**
 * Takes the thumbprint of a frame, before encoding or after decoding, in YUV or RGB of eight bits or
 * more. `edges` is `hard` for GIF, whose pixels are either opaque or not there. Costs 0.3 to 0.6 ms at any size (1 ms
 * for VP9 with alpha). The memory that it looks at is the frame's, which must stay until it is done.
 */
export function takeThumbprint(frame: Frame, edges: 'soft' | 'hard' = 'soft'): Thumbprint {
  const pixels = readPixels(frame)
  const print = new Uint8Array(starts.end)
  if (pixels.kind === 'packed') measurePacked(pixels, print, edges === 'hard')
  else measurePlanar(pixels, print)
  return print
}

/** How two thumbprints differ, and whether they may still be of the same picture. */
export interface ThumbprintComparison extends PictureDifference {
  readonly same: boolean
}

/**
 * Compares two thumbprints by what their encoder may do to a picture. A black or foreign picture, or one whose colours
 * changed places, is far beyond that; the picture of a neighbouring frame is told apart only where something moves fast.
 */
export function compareThumbprints(
  a: Thumbprint,
  b: Thumbprint,
  tolerance: PictureDifference,
): ThumbprintComparison {
  const luma = measureDifference(a, b, starts.luma, starts.blue)
  const chroma = measureDifference(a, b, starts.blue, starts.alpha)
  const alpha = measureDifference(a, b, starts.alpha, starts.end)
  const same =
    a.length === b.length &&
    isWithin(luma, tolerance.luma) &&
    isWithin(chroma, tolerance.chroma) &&
    isWithin(alpha, tolerance.alpha)
  return { same, luma, chroma, alpha }
}

function measureDifference(a: Thumbprint, b: Thumbprint, from: number, to: number): CellDifference {
  let [sum, worst] = [0, 0]
  for (let at = from; at < to; at++) {
    const difference = Math.abs((a[at] ?? 0) - (b[at] ?? 0))
    sum += difference
    worst = Math.max(worst, difference)
  }
  return { mean: sum / (to - from), worst }
}

function isWithin(found: CellDifference, allowed: CellDifference): boolean {
  return found.mean <= allowed.mean && found.worst <= allowed.worst
}

function measurePlanar({ luma, blue, red, alpha }: PlanarPixels, print: Uint8Array): void {
  // Black is 16 and no colour 128: what isn't there counts as that.
  measurePlane(luma, 1, 16, alpha, print, starts.luma)
  measurePlane(blue, coarse, 128, alpha, print, starts.blue)
  measurePlane(red, coarse, 128, alpha, print, starts.red)
  if (alpha === undefined) print.fill(255, starts.alpha)
  else measurePlane(alpha, coarse, 0, undefined, print, starts.alpha)
}

function measurePlane(
  plane: Plane,
  cell: number,
  nothing: number,
  alpha: Plane | undefined,
  print: Uint8Array,
  start: number,
): void {
  const [across, down] = [columns / cell, rows / cell]
  const { data, stride, bytes } = plane
  const xs = spread(plane.width, across)
  const ys = spread(plane.height, down)
  const alphaXs = alpha && spread(alpha.width, across)
  const alphaYs = alpha && spread(alpha.height, down)
  const none = nothing * plane.unit
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      let sum = 0
      for (let j = row * samplesASide; j < (row + 1) * samplesASide; j++) {
        const line = (ys[j] as number) * stride
        for (let i = column * samplesASide; i < (column + 1) * samplesASide; i++) {
          const at = line + (xs[i] as number) * bytes
          const value =
            bytes === 1 ? (data[at] as number) : (data[at] as number) | ((data[at + 1] as number) << 8)
          if (alpha === undefined) sum += value
          else {
            const over = (alphaYs?.[j] as number) * alpha.stride + (alphaXs?.[i] as number) * alpha.bytes
            const cover =
              alpha.bytes === 1
                ? (alpha.data[over] as number)
                : (alpha.data[over] as number) | ((alpha.data[over + 1] as number) << 8)
            sum += none + ((value - none) * cover) / (255 * alpha.unit)
          }
        }
      }
      print[start + row * across + column] = Math.min(255, Math.round(sum / samplesASide ** 2 / plane.unit))
    }
  }
}

function measurePacked(
  { plane, red, green, blue, alpha }: PackedPixels,
  print: Uint8Array,
  hard: boolean,
): void {
  const { data, stride, bytes, width, height } = plane
  const xs = spread(width, columns)
  const ys = spread(height, rows)
  const rough = new Float64Array(3 * coarseCells)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let [r, g, b, a] = [0, 0, 0, 0]
      for (let j = row * samplesASide; j < (row + 1) * samplesASide; j++) {
        const line = (ys[j] as number) * stride
        for (let i = column * samplesASide; i < (column + 1) * samplesASide; i++) {
          const at = line + (xs[i] as number) * bytes
          const given = alpha === undefined ? 255 : (data[at + alpha] as number)
          const cover = hard ? (given < 128 ? 0 : 255) : given
          r += (data[at + red] as number) * cover
          g += (data[at + green] as number) * cover
          b += (data[at + blue] as number) * cover
          a += cover
        }
      }
      const all = samplesASide ** 2
      const [meanR, meanG, meanB] = [r / 255 / all, g / 255 / all, b / 255 / all]
      // BT.601, limited, as the YUV inside a WebP is; of what is RGB before and after, any matrix would do.
      const luma = 16 + (65.738 * meanR + 129.057 * meanG + 25.064 * meanB) / 256
      print[starts.luma + row * columns + column] = Math.round(luma)
      const at = Math.floor(row / coarse) * (columns / coarse) + Math.floor(column / coarse)
      const share = coarse ** 2
      rough[at] = (rough[at] as number) + (-37.945 * meanR - 74.494 * meanG + 112.439 * meanB) / 256 / share
      rough[at + coarseCells] =
        (rough[at + coarseCells] as number) +
        (112.439 * meanR - 94.154 * meanG - 18.285 * meanB) / 256 / share
      rough[at + 2 * coarseCells] = (rough[at + 2 * coarseCells] as number) + a / all / share
    }
  }
  for (let at = 0; at < coarseCells; at++) {
    print[starts.blue + at] = Math.round(128 + (rough[at] as number))
    print[starts.red + at] = Math.round(128 + (rough[at + coarseCells] as number))
    print[starts.alpha + at] = Math.round(rough[at + 2 * coarseCells] as number)
  }
}

/** Where samples lie along a side of so many pixels that has so many cells. */
function spread(side: number, cells: number): Int32Array {
  const samples = cells * samplesASide
  return Int32Array.from({ length: samples }, (_, index) => Math.floor(((index + 0.5) * side) / samples))
}
