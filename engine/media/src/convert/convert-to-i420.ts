import { AV_PIX_FMT_YUV420P } from 'node-av/constants'
import { Frame } from 'node-av/lib'
import type { FrameConverter } from './frame-converter.ts'
import { allocateMemory, loadKernel } from './load-kernel.ts'
import { tagBt709 } from './tag-bt709.ts'

// So many rows at a time stay in the cache between being copied in and being read by the kernel.
const stripeRows = 16

/**
 * Opaque RGBA → I420, BT.709 limited, by our SIMD kernel: about a third of swscale's time. The frame's planes
 * lie in the kernel's memory, so nothing is copied on the way out.
 */
export function createI420Converter(width: number, height: number): FrameConverter {
  const chromaWidth = (width + 1) >> 1
  const chromaHeight = (height + 1) >> 1
  const stripe = 64
  const luma = stripe + width * 4 * stripeRows + 64
  const cb = luma + width * height
  const cr = cb + chromaWidth * chromaHeight
  const end = cr + chromaWidth * chromaHeight

  const memory = allocateMemory(end)
  const bytes = new Uint8Array(memory.buffer)
  const kernel = loadKernel(memory)
  const frame = Frame.fromVideoBuffer(Buffer.from(memory.buffer, luma, end - luma), {
    width,
    height,
    format: AV_PIX_FMT_YUV420P,
  })
  tagBt709(frame)

  return {
    convert(rgba) {
      for (let y = 0; y < height; y += stripeRows) {
        const rows = Math.min(stripeRows, height - y)
        bytes.set(rgba.subarray(y * width * 4, (y + rows) * width * 4), stripe)
        const chroma = (y >> 1) * chromaWidth
        const lumaAt = luma + y * width
        kernel.convertRows(stripe, lumaAt, cb + chroma, cr + chroma, width, rows, width, chromaWidth)
      }
      return frame
    },
    close() {
      frame.free()
    },
  }
}
