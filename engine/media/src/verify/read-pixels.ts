import {
  AV_PIX_FMT_ARGB,
  AV_PIX_FMT_BGRA,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_RGBA,
  type AVPixelFormat,
} from 'node-av/constants'
import { avGetPixFmtName, type Frame } from 'node-av/lib'

/** One plane of a frame. */
export interface Plane {
  readonly data: Uint8Array
  /** Bytes from line to line, and from pixel to pixel. */
  readonly stride: number
  readonly bytes: number
  /** Pixels; half of the frame's where colours are stored more coarsely. */
  readonly width: number
  readonly height: number
  /** What stands for 1 of 255: 4 in ten bits. */
  readonly unit: number
}

/** Red, green and blue side by side: how many bytes into a pixel each lies. */
export interface PackedPixels {
  readonly kind: 'packed'
  readonly plane: Plane
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha?: number
}

/** Luma, blue and red difference, perhaps alpha, each in a plane of its own. */
export interface PlanarPixels {
  readonly kind: 'planar'
  readonly luma: Plane
  readonly blue: Plane
  readonly red: Plane
  readonly alpha?: Plane
}

const packed: ReadonlyMap<number, Omit<PackedPixels, 'kind' | 'plane'> & { readonly bytes: number }> =
  new Map([
    [AV_PIX_FMT_RGB24, { bytes: 3, red: 0, green: 1, blue: 2 }],
    [AV_PIX_FMT_RGBA, { bytes: 4, red: 0, green: 1, blue: 2, alpha: 3 }],
    [AV_PIX_FMT_BGRA, { bytes: 4, red: 2, green: 1, blue: 0, alpha: 3 }],
    [AV_PIX_FMT_ARGB, { bytes: 4, red: 1, green: 2, blue: 3, alpha: 0 }],
  ])

/** The frame's pixels, where they lie; nothing is copied. Throws for a format that no codec of ours has. */
export function readPixels(frame: Frame): PackedPixels | PlanarPixels {
  const { width, height, format, linesize, data } = frame
  const planes = data ?? []
  const plane = (index: number, size: Omit<Plane, 'data' | 'stride'>): Plane => {
    const [bytes, stride] = [planes[index], linesize[index]]
    if (bytes === undefined || stride === undefined) throw new Error(`a frame without its plane ${index}`)
    return { data: bytes, stride, ...size }
  }
  const layout = packed.get(format)
  if (layout !== undefined) {
    const { bytes, ...order } = layout
    return { kind: 'packed', plane: plane(0, { bytes, width, height, unit: 1 }), ...order }
  }
  const name = avGetPixFmtName(format as AVPixelFormat) ?? `${format}`
  const [whole, alpha, coarseness, bits = '8'] = /^yuv(a?)(420|422|444)p(?:(\d+)le)?$/.exec(name) ?? []
  if (whole === undefined) throw new Error(`pixels of ${name} cannot be looked at`)
  const unit = 2 ** (Number(bits) - 8)
  const full = { bytes: unit === 1 ? 1 : 2, width, height, unit }
  const colour = {
    ...full,
    width: coarseness === '444' ? width : (width + 1) >> 1,
    height: coarseness === '420' ? (height + 1) >> 1 : height,
  }
  return {
    kind: 'planar',
    luma: plane(0, full),
    blue: plane(1, colour),
    red: plane(2, colour),
    ...(alpha === 'a' && { alpha: plane(3, full) }),
  }
}
