import type { Rational, VideoSettings } from '@flatrender/contracts/engine'
import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_CLOSED_GOP,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_OPT_SEARCH_CHILDREN,
  AV_OPT_TYPE_STRING,
  AV_PICTURE_TYPE_NONE,
  AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RGB,
  AVCOL_TRC_BT709,
  AVCOL_TRC_IEC61966_2_1,
  type AVPixelFormat,
} from 'node-av/constants'
import { Rational as AvRational, Codec, CodecContext, FFmpegError, Packet } from 'node-av/lib'
import { isRgbLayout } from '../convert/pixel-layout.ts'
import { quietFfmpeg } from '../ffmpeg/quiet-ffmpeg.ts'
import type { CodecOptions } from './codec-options.ts'
import type { EncodedPacket } from './encoded-stream.ts'
import type { Encoder } from './encoder.ts'
import { readStreamParameters } from './stream-parameters.ts'

// No segment is longer: a key frame at the start, then only where the picture changes altogether.
const longestGroupFrames = 600

/** Opens one of FFmpeg's encoders for frames of `format`, with one thread and closed groups of pictures. */
export function openCodecEncoder(
  settings: VideoSettings,
  format: AVPixelFormat,
  choice: CodecOptions,
  threads = 1,
): Encoder {
  quietFfmpeg()
  const codec = Codec.findEncoderByName(choice.encoder)
  if (!codec) throw new Error(`this FFmpeg has no encoder ${choice.encoder}`)
  const context = new CodecContext()
  context.allocContext3(codec)
  const timeBase: Rational = { num: settings.fps.den, den: settings.fps.num }
  const rgb = isRgbLayout(format)
  context.width = settings.width
  context.height = settings.height
  context.pixelFormat = format
  context.timeBase = new AvRational(timeBase.num, timeBase.den)
  context.framerate = new AvRational(settings.fps.num, settings.fps.den)
  context.sampleAspectRatio = new AvRational(1, 1)
  context.gopSize = longestGroupFrames
  context.threadCount = threads
  context.colorPrimaries = AVCOL_PRI_BT709
  context.colorTrc = rgb ? AVCOL_TRC_IEC61966_2_1 : AVCOL_TRC_BT709
  context.colorSpace = rgb ? AVCOL_SPC_RGB : AVCOL_SPC_BT709
  context.colorRange = rgb ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_CLOSED_GOP, AV_CODEC_FLAG_BITEXACT)
  // Not as open2Sync's dictionary: the binding frees that twice, and the process dies when it ends.
  for (const [name, value] of Object.entries(choice.options))
    FFmpegError.throwIfError(
      context.setOption(name, value, AV_OPT_TYPE_STRING, AV_OPT_SEARCH_CHILDREN),
      `set ${name}`,
    )
  FFmpegError.throwIfError(context.open2Sync(codec, null), `open ${choice.encoder}`)

  const packet = new Packet()
  packet.alloc()
  const packets: EncodedPacket[] = []
  const drain = () => {
    while (context.receivePacketSync(packet) >= 0) {
      packets.push(copyPacket(packet))
      packet.unref()
    }
  }

  return {
    async encode(frame, pts) {
      frame.pts = BigInt(pts)
      frame.duration = 1n
      frame.pictType = AV_PICTURE_TYPE_NONE
      FFmpegError.throwIfError(await context.sendFrame(frame), 'encode frame')
      drain()
    },
    async finish() {
      FFmpegError.throwIfError(await context.sendFrame(null), 'finish encoding')
      drain()
      return { parameters: readStreamParameters(context, timeBase, settings.alpha), packets }
    },
    close() {
      packet.free()
      context.freeContext()
    },
  }
}

function copyPacket(packet: Packet): EncodedPacket {
  const sideData = packet.getSideData(AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL)
  return {
    pts: Number(packet.pts),
    dts: Number(packet.dts),
    duration: Number(packet.duration) || 1,
    key: packet.isKeyframe,
    data: Buffer.from(packet.data ?? Buffer.alloc(0)),
    ...(sideData ? { sideData: Buffer.from(sideData) } : {}),
  }
}
