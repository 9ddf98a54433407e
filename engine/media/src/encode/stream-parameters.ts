import type { Rational } from '@flatrender/contracts/engine'
import {
  AV_CHANNEL_ORDER_NATIVE,
  type AVChromaLocation,
  type AVCodecID,
  type AVColorPrimaries,
  type AVColorRange,
  type AVColorSpace,
  type AVColorTransferCharacteristic,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  type AVPixelFormat,
  type AVProfile,
} from 'node-av/constants'
import { type ChannelLayout, type CodecContext, CodecParameters } from 'node-av/lib'

/** FFmpeg's codec parameters as plain JSON, so that a worker can send them to the process that muxes. */
export interface StreamParameters {
  readonly kind: 'video' | 'audio'
  /** FFmpeg's numbers: AVCodecID, pixel or sample format, and so on. They hold for one engine build. */
  readonly codecId: number
  readonly codecTag: number
  readonly format: number
  readonly profile: number
  readonly level: number
  readonly bitRate: number
  readonly bitsPerCodedSample: number
  readonly bitsPerRawSample: number
  /** Codec headers, base64; empty if the codec has none. */
  readonly extradata: string
  /** Length of one unit of pts and dts, in seconds. */
  readonly timeBase: Rational
  readonly video?: {
    readonly width: number
    readonly height: number
    /** How many packets decoding runs ahead of showing. */
    readonly delay: number
    readonly colorRange: number
    readonly colorPrimaries: number
    readonly colorTrc: number
    readonly colorSpace: number
    readonly chromaLocation: number
    readonly alpha: boolean
  }
  readonly audio?: {
    readonly sampleRate: number
    readonly channels: number
    readonly frameSize: number
    /** Samples of priming that the encoder put before the first real one. */
    readonly initialPadding: number
  }
}

/** Reads the parameters of an opened encoder. `alpha` says whether its pictures are transparent. */
export function readStreamParameters(
  context: CodecContext,
  timeBase: Rational,
  alpha = false,
): StreamParameters {
  const parameters = new CodecParameters()
  parameters.alloc()
  parameters.fromContext(context)
  const video = parameters.codecType === AVMEDIA_TYPE_VIDEO
  const read: StreamParameters = {
    kind: video ? 'video' : 'audio',
    codecId: parameters.codecId,
    codecTag: parameters.codecTag,
    format: parameters.format,
    profile: parameters.profile,
    level: parameters.level,
    bitRate: Number(parameters.bitRate),
    bitsPerCodedSample: parameters.bitsPerCodedSample,
    bitsPerRawSample: parameters.bitsPerRawSample,
    extradata: parameters.extradata?.toString('base64') ?? '',
    timeBase,
    ...(video
      ? {
          video: {
            width: parameters.width,
            height: parameters.height,
            delay: parameters.videoDelay,
            colorRange: parameters.colorRange,
            colorPrimaries: parameters.colorPrimaries,
            colorTrc: parameters.colorTrc,
            colorSpace: parameters.colorSpace,
            chromaLocation: parameters.chromaLocation,
            alpha,
          },
        }
      : {
          audio: {
            sampleRate: parameters.sampleRate,
            channels: parameters.channels,
            frameSize: parameters.frameSize,
            initialPadding: parameters.initialPadding,
          },
        }),
  }
  parameters.free()
  return read
}

/** All our sound is stereo: left and right, bits 0 and 1 of FFmpeg's channel mask. */
export const stereo: ChannelLayout = { nbChannels: 2, order: AV_CHANNEL_ORDER_NATIVE, mask: 3n }

/** Writes the parameters into FFmpeg's structure, for a muxer's stream or a decoder. */
export function writeStreamParameters(from: StreamParameters, to: CodecParameters): void {
  to.codecType = from.kind === 'video' ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO
  to.codecId = from.codecId as AVCodecID
  to.codecTag = from.codecTag
  to.format = from.format as AVPixelFormat
  to.profile = from.profile as AVProfile
  to.level = from.level
  to.bitRate = BigInt(from.bitRate)
  to.bitsPerCodedSample = from.bitsPerCodedSample
  to.bitsPerRawSample = from.bitsPerRawSample
  if (from.extradata !== '') to.extradata = Buffer.from(from.extradata, 'base64')
  if (from.video) {
    to.width = from.video.width
    to.height = from.video.height
    to.colorRange = from.video.colorRange as AVColorRange
    to.colorPrimaries = from.video.colorPrimaries as AVColorPrimaries
    to.colorTrc = from.video.colorTrc as AVColorTransferCharacteristic
    to.colorSpace = from.video.colorSpace as AVColorSpace
    to.chromaLocation = from.video.chromaLocation as AVChromaLocation
  }
  if (from.audio) {
    to.channelLayout = stereo
    to.sampleRate = from.audio.sampleRate
    to.frameSize = from.audio.frameSize
    to.initialPadding = from.audio.initialPadding
  }
}
