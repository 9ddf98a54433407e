import {
  AV_CODEC_ID_GIF,
  AV_CODEC_ID_WEBP,
  AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL,
  type AVCodecID,
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
 * Decodes a segment's packets again, key frames alone or all, to see what a player will see. For gif and webp,
 * whose packets only make sense inside a file, it gives nothing.
 * @throws FFmpegError when a packet cannot be decoded.
 */
export function decodePackets(
  parameters: StreamParameters,
  packets: readonly EncodedPacket[],
  which: 'key' | 'all',
): DecodedPicture[] {
  quietFfmpeg()
  const pictures: DecodedPicture[] = []
  if (!isDecodable(parameters)) return pictures
  const codec = Codec.findDecoder(parameters.codecId as AVCodecID)
  if (!codec) throw new Error(`this FFmpeg has no decoder for codec ${parameters.codecId}`)
  const description = new CodecParameters()
  description.alloc()
  writeStreamParameters(parameters, description)
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
      pictures.push({ pts: Number(frame.pts), print: takeThumbprint(frame) })
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

/** Can packets of this kind be decoded outside a file? Those of gif and webp cannot. */
export function isDecodable({ codecId }: StreamParameters): boolean {
  return codecId !== AV_CODEC_ID_GIF && codecId !== AV_CODEC_ID_WEBP
}
