import {
  AV_PIX_FMT_RGBA,
  type AVPixelFormat,
  SWS_ACCURATE_RND,
  SWS_BITEXACT,
  SWS_FULL_CHR_H_INP,
  SWS_FULL_CHR_H_INT,
} from 'node-av/constants'
import { FFmpegError, Frame, SoftwareScaleContext } from 'node-av/lib'
import type { FrameConverter } from './frame-converter.ts'
import { allocateMemory, loadKernel } from './load-kernel.ts'
import { isRgbLayout } from './pixel-layout.ts'
import { tagBt709, tagRgb } from './tag-bt709.ts'

/**
 * RGBA → any other layout, by swscale with accurate rounding. With `transparent`, colours are divided by their
 * alpha first: every transparent codec of ours wants them straight.
 */
export function createSwscaleConverter(
  width: number,
  height: number,
  format: AVPixelFormat,
  transparent: boolean,
): FrameConverter {
  const rgb = isRgbLayout(format)
  const source = transparent ? createStraightSource(width, height) : createOpaqueSource(width, height)
  tagRgb(source.frame, rgb ? 'srgb' : 'bt709')
  const scaler = new SoftwareScaleContext()
  scaler.allocContext()
  const flags = SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INP | SWS_FULL_CHR_H_INT
  FFmpegError.throwIfError(scaler.setOption('sws_flags', flags), 'set swscale flags')

  const target = new Frame()
  target.alloc()
  target.width = width
  target.height = height
  target.format = format
  FFmpegError.throwIfError(target.getBuffer(), 'allocate frame')
  if (rgb) tagRgb(target, 'srgb')
  else tagBt709(target)

  return {
    convert(rgba) {
      const frame = source.fill(rgba)
      if (format === AV_PIX_FMT_RGBA) return frame
      FFmpegError.throwIfError(scaler.scaleFrameSync(target, frame), 'convert pixels')
      return target
    },
    close() {
      source.frame.free()
      scaler.freeContext()
      target.free()
    },
  }
}

interface Source {
  readonly frame: Frame
  /** What the frame points into but doesn't keep: without this, a garbage collection would free it. */
  pixels?: Buffer
  fill(rgba: Buffer): Frame
}

function createOpaqueSource(width: number, height: number): Source {
  const frame = Frame.fromVideoBuffer(Buffer.alloc(width * height * 4), {
    width,
    height,
    format: AV_PIX_FMT_RGBA,
  })
  const source: Source = {
    frame,
    fill(rgba) {
      FFmpegError.throwIfError(frame.fromBuffer(rgba), 'wrap pixels')
      source.pixels = rgba
      return frame
    },
  }
  return source
}

function createStraightSource(width: number, height: number): Source {
  const pixels = width * height
  const at = 64
  const memory = allocateMemory(at + pixels * 4 + 16)
  const bytes = new Uint8Array(memory.buffer)
  const kernel = loadKernel(memory)
  const frame = Frame.fromVideoBuffer(Buffer.from(memory.buffer, at, pixels * 4), {
    width,
    height,
    format: AV_PIX_FMT_RGBA,
  })
  return {
    frame,
    fill(rgba) {
      bytes.set(rgba, at)
      kernel.unpremultiply(at, (pixels + 3) & ~3)
      return frame
    },
  }
}
