import { FlatRenderError } from '@flatrender/contracts/errors'
import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants'
import { openInput } from '../ffmpeg/open-input.ts'
import { findStream, measureSize } from '../probe/probe-container.ts'
import { createDisplayConverter } from './create-display-converter.ts'
import { openDecoder } from './open-decoder.ts'
import { openFrameSource, type TimedFrame } from './open-frame-source.ts'
import { readRotation } from './read-rotation.ts'

/** Gives a video's pictures by the time at which they are shown. */
export interface VideoReader {
  /** Pixels of every picture: upright, square. */
  readonly width: number
  readonly height: number
  /** Length as the header says it; 0 if it does not. */
  readonly seconds: number
  /**
   * Straight RGBA of the picture on display at this second: the last that begins at it or before, the first
   * if none does, the last after the end. While the picture stays the same, so does the buffer.
   * Asking in rising order costs one decoding each; going back costs a seek.
   */
  frameAt(seconds: number): Promise<Buffer>
  close(): Promise<void>
}

// A jump of more than this is a seek; less is decoded through.
const patienceSeconds = 3

/**
 * Opens a video for exact access: variable rates, rotation flags, odd sizes, high dynamic range (tone-mapped)
 * and transparency (VP8, VP9, ProRes 4444).
 * @throws FlatRenderError MEDIA_NOT_FOUND, MEDIA_UNREADABLE, MEDIA_KIND_WRONG or MEDIA_WITHOUT_FRAMES.
 */
export async function openVideoReader(file: string): Promise<VideoReader> {
  const input = await openInput(file)
  const stream = findStream(input, AVMEDIA_TYPE_VIDEO)
  const decoder = stream && openDecoder(stream)
  const source = decoder && openFrameSource(input, stream, decoder)
  let current = await source?.next()
  const closeAll = async () => {
    current?.frame.free()
    source?.close()
    decoder?.freeContext()
    await input.closeInput()
  }
  if (!source || !current) {
    await closeAll()
    if (!stream) throw new FlatRenderError('MEDIA_KIND_WRONG', { file, found: 'sound', wanted: 'a video' })
    throw new FlatRenderError('MEDIA_WITHOUT_FRAMES', { file })
  }
  // Kept apart from the frames: closing the file frees what the stream's getters read.
  const tick = stream.timeBase.num / stream.timeBase.den
  const seconds = measureLength(stream.duration, tick, input.duration)
  const rotation = readRotation(stream)
  const { num, den } = current.frame.sampleAspectRatio
  const { width: frameWidth, height: frameHeight } = current.frame
  const pixelAspect = num > 0 && den > 0 ? num / den : 1
  const size = measureSize({ width: frameWidth, height: frameHeight, pixelAspect }, rotation)
  const converter = createDisplayConverter(rotation, size.width, size.height)
  // Files whose clock is coarse (WebM: milliseconds) round a frame's time up by half a tick.
  const tolerance = Math.min(tick / 2, 0.0005) + 1e-9

  let next: TimedFrame | undefined = await source.next()
  let shown: { frame: TimedFrame; pixels: Buffer } | undefined

  const advance = async (to: number) => {
    while (next && next.seconds <= to) {
      current?.frame.free()
      current = next
      next = await source.next()
    }
  }
  const jump = async (to: number) => {
    // A wrong index may land behind the target: then from further ahead, at last from the start.
    for (const margin of [0, 2, 10, Number.POSITIVE_INFINITY]) {
      await source.seek(margin === Number.POSITIVE_INFINITY ? 0 : Math.max(0, to - margin))
      next?.frame.free()
      next = await source.next()
      if (next && next.seconds <= to) break
    }
    if (!next) return
    current?.frame.free()
    current = next
    next = await source.next()
  }

  return {
    ...size,
    seconds,
    async frameAt(wanted) {
      const to = wanted + tolerance
      const from = (current as TimedFrame).seconds
      if (to < from || (next && to > from + patienceSeconds)) await jump(to)
      await advance(to)
      const frame = current as TimedFrame
      if (shown?.frame !== frame) shown = { frame, pixels: converter.convert(frame.frame) }
      return shown.pixels
    },
    async close() {
      next?.frame.free()
      converter.close()
      await closeAll()
    },
  }
}

function measureLength(duration: bigint, tick: number, containerMicroseconds: bigint): number {
  if (duration > 0n) return Number(duration) * tick
  return containerMicroseconds > 0n ? Number(containerMicroseconds) / 1_000_000 : 0
}
