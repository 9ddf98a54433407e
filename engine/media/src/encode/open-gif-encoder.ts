import { deflateSync, inflateSync } from 'node:zlib'
import type { VideoSettings } from '@flatrender/contracts/engine'
import {
  AV_BUFFERSRC_FLAG_KEEP_REF,
  AV_BUFFERSRC_FLAG_PUSH,
  AV_PIX_FMT_PAL8,
  AV_PIX_FMT_RGBA,
  type AVBufferSrcFlag,
} from 'node-av/constants'
import { FFmpegError, Frame } from 'node-av/lib'
import { openFilterGraph } from '../ffmpeg/open-filter-graph.ts'
import { carryGifPalette } from './carry-gif-palette.ts'
import type { CodecOptions } from './codec-options.ts'
import type { Encoder } from './encoder.ts'
import { openCodecEncoder } from './open-codec-encoder.ts'

/**
 * GIF, with the best 256 colours for the whole segment. Its palette is known only after the last frame, so
 * frames wait deflated: motion graphics shrink fifty-fold, and a segment stays within a few megabytes.
 */
export function openGifEncoder(settings: VideoSettings, choice: CodecOptions): Encoder {
  const { width, height, fps } = settings
  const input = `video_size=${width}x${height}:pix_fmt=rgba:time_base=${fps.den}/${fps.num}:pixel_aspect=1/1`
  const generator = openFilterGraph(
    `buffer@in=${input},palettegen=max_colors=256:reserve_transparent=1:stats_mode=full,buffersink@out`,
  )
  const encoder = openCodecEncoder(settings, AV_PIX_FMT_PAL8, choice)
  const waiting: Buffer[] = []

  return {
    async encode(frame, pts) {
      frame.pts = BigInt(pts)
      const flags = (AV_BUFFERSRC_FLAG_KEEP_REF | AV_BUFFERSRC_FLAG_PUSH) as AVBufferSrcFlag
      FFmpegError.throwIfError(
        generator.filter('buffer@in').buffersrcAddFrameSync(frame, flags),
        'count colours',
      )
      waiting.push(deflateSync(frame.toBuffer(), { level: 1 }))
    },
    async finish() {
      const palette = newFrame()
      FFmpegError.throwIfError(generator.filter('buffer@in').buffersrcAddFrameSync(null), 'end of colours')
      FFmpegError.throwIfError(
        generator.filter('buffersink@out').buffersinkGetFrameSync(palette),
        'choose colours',
      )
      // Error diffusion leaves flat colours flat; it starts anew only in the rectangle that changed.
      const mapper = openFilterGraph(
        `buffer@in=${input}[in];buffer@palette=video_size=16x16:pix_fmt=bgra:time_base=1/1:pixel_aspect=1/1[palette];` +
          '[in][palette]paletteuse=dither=sierra2_4a:diff_mode=rectangle:alpha_threshold=128,buffersink@out',
      )
      const [source, sink] = [mapper.filter('buffer@in'), mapper.filter('buffersink@out')]
      FFmpegError.throwIfError(mapper.filter('buffer@palette').buffersrcAddFrameSync(palette), 'give colours')
      FFmpegError.throwIfError(mapper.filter('buffer@palette').buffersrcAddFrameSync(null), 'give colours')
      const mapped = newFrame()
      let count = 0
      const drain = async () => {
        while (sink.buffersinkGetFrameSync(mapped) >= 0) {
          await encoder.encode(mapped, count++)
          mapped.unref()
        }
      }
      for (const [pts, deflated] of waiting.entries()) {
        const frame = Frame.fromVideoBuffer(inflateSync(deflated), { width, height, format: AV_PIX_FMT_RGBA })
        frame.pts = BigInt(pts)
        FFmpegError.throwIfError(source.buffersrcAddFrameSync(frame), 'map colours')
        frame.free()
        await drain()
      }
      FFmpegError.throwIfError(source.buffersrcAddFrameSync(null), 'end of frames')
      await drain()
      mapper.close()
      const stream = await encoder.finish()
      return { ...stream, packets: carryGifPalette(stream.packets) }
    },
    close() {
      generator.close()
      encoder.close()
    },
  }
}

function newFrame(): Frame {
  const frame = new Frame()
  frame.alloc()
  return frame
}
