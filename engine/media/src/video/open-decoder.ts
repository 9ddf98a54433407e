import {
  AV_CODEC_ID_VP8,
  AV_CODEC_ID_VP9,
  FF_DECODER_LIBVPX_VP8,
  FF_DECODER_LIBVPX_VP9,
} from 'node-av/constants'
import { Codec, CodecContext, type Stream } from 'node-av/lib'

/** Does a WebM say that its pictures carry transparency beside them? */
export function hasAlphaTag(stream: Stream): boolean {
  const tags = stream.metadata
  return (tags?.get('alpha_mode') ?? tags?.get('ALPHA_MODE')) === '1'
}

/** Opens a decoder for a stream, with `threads` threads; undefined if this FFmpeg has none or it refuses. */
export function openDecoder(stream: Stream, threads = 1): CodecContext | undefined {
  const id = stream.codecpar.codecId
  // FFmpeg's own VP8 and VP9 decoders drop the transparency.
  const named =
    hasAlphaTag(stream) && id === AV_CODEC_ID_VP9
      ? Codec.findDecoderByName(FF_DECODER_LIBVPX_VP9)
      : hasAlphaTag(stream) && id === AV_CODEC_ID_VP8
        ? Codec.findDecoderByName(FF_DECODER_LIBVPX_VP8)
        : null
  const codec = named ?? Codec.findDecoder(id)
  if (!codec) return undefined
  const context = new CodecContext()
  context.allocContext3(codec)
  if (context.parametersToContext(stream.codecpar) < 0) return undefined
  context.threadCount = threads
  context.pktTimebase = stream.timeBase
  if (context.open2Sync(codec, null) < 0) {
    context.freeContext()
    return undefined
  }
  return context
}
