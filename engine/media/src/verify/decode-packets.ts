import {
  AV_CODEC_ID_GIF,
  AV_CODEC_ID_VP9,
  AV_CODEC_ID_WEBP,
  AV_CODEC_ID_WEBP_ANIM,
  AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL,
  type AVCodecID,
  FF_DECODER_LIBVPX_VP9,
} from 'node-av/constants'
import {
  Rational as AvRational,
  Codec,
  CodecContext,
  CodecParameters,
  FFmpegError,
  Frame,
  Packet,
} from 'node-av/lib'
import type { EncodedPacket } from '../encode/encoded-stream.ts'
import { type StreamParameters, writeStreamParameters } from '../encode/stream-parameters.ts'
import { quietFfmpeg } from '../ffmpeg/quiet-ffmpeg.ts'
import { type Thumbprint, takeThumbprint } from './thumbprint.ts'

/** A decoded picture of a segment: its frame number in the segment, and what it looks like. */
export interface DecodedPicture {
  readonly pts: number
  readonly print: Thumbprint
}

/**
 * Decodes a segment's packets again, key frames alone or all, to see what a player will see. GIF's and WebP's
 * packets hold what is painted over the picture before; a packet may stand for several equal frames.
 * Memory stays flat: at 1080p, 100 frames take 16 MB and 400 take 21.
 * @throws FFmpegError when a packet cannot be decoded.
 */
export function decodePackets(
  parameters: StreamParameters,
  packets: readonly EncodedPacket[],
  which: 'key' | 'all',
): DecodedPicture[] {
  quietFfmpeg()
  const pictures: DecodedPicture[] = []
  const edges = parameters.codecId === AV_CODEC_ID_GIF ? 'hard' : 'soft'
  const codec = findDecoder(parameters, packets)
  const description = new CodecParameters()
  description.alloc()
  writeStreamParameters({ ...parameters, codecId: codec.id }, description)
  const context = new CodecContext()
  context.allocContext3(codec)
  FFmpegError.throwIfError(context.parametersToContext(description), 'describe codec')
  description.free()
  context.pktTimebase = new AvRational(parameters.timeBase.num, parameters.timeBase.den)
  context.threadCount = 1
  FFmpegError.throwIfError(context.open2Sync(codec, null), 'open decoder')

  const [packet, frame] = [new Packet(), new Frame()]
  packet.alloc()
  frame.alloc()
  const drain = () => {
    while (context.receiveFrameSync(frame) >= 0) {
      pictures.push({ pts: Number(frame.pts), print: takeThumbprint(frame, edges) })
      frame.unref()
    }
  }
  try {
    for (const from of packets) {
      if (which === 'key' && !from.key) continue
      packet.data = from.data
      packet.pts = BigInt(from.pts)
      packet.dts = BigInt(from.dts)
      packet.duration = BigInt(from.duration)
      packet.isKeyframe = from.key
      if (from.sideData) packet.addSideData(AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, from.sideData)
      FFmpegError.throwIfError(context.sendPacketSync(packet), `decode packet ${from.pts}`)
      packet.unref()
      drain()
    }
    FFmpegError.throwIfError(context.sendPacketSync(null), 'finish decoding')
    drain()
    return pictures.sort((a, b) => a.pts - b.pts)
  } finally {
    packet.free()
    frame.free()
    context.freeContext()
  }
}

function findDecoder({ codecId }: StreamParameters, packets: readonly EncodedPacket[]): Codec {
  // FFmpeg's own VP9 decoder drops the transparency.
  const hasAlpha = codecId === AV_CODEC_ID_VP9 && packets.some(({ sideData }) => sideData !== undefined)
  // Our packets hold the frames of an animated WebP: to FFmpeg another codec than a WebP of one picture.
  const id = codecId === AV_CODEC_ID_WEBP ? AV_CODEC_ID_WEBP_ANIM : (codecId as AVCodecID)
  const codec = hasAlpha ? Codec.findDecoderByName(FF_DECODER_LIBVPX_VP9) : Codec.findDecoder(id)
  if (!codec) throw new Error(`this FFmpeg has no decoder for codec ${codecId}`)
  return codec
}
