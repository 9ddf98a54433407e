import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLT,
  FF_ENCODER_LIBOPUS,
} from 'node-av/constants'
import { Codec, CodecContext, FFmpegError, Frame, Rational } from 'node-av/lib'
import { writeContainer } from '../media/write-container.ts'
import { SAMPLE_RATE, type Track } from './track.ts'

const FRAME_SAMPLES = 960
const stereo = { nbChannels: 2, order: AV_CHANNEL_ORDER_NATIVE, mask: 3n }

/** A track as Opus in Ogg. `bitRate` in bits a second. The same track gives the same bytes. */
export function encodeOpus(track: Track, bitRate: number): Uint8Array {
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBOPUS)
  if (!codec) throw new Error('this FFmpeg has no libopus')
  const context = new CodecContext()
  context.allocContext3(codec)
  context.sampleRate = SAMPLE_RATE
  context.sampleFormat = AV_SAMPLE_FMT_FLT
  context.channelLayout = stereo
  context.bitRate = BigInt(bitRate)
  context.timeBase = new Rational(1, SAMPLE_RATE)
  context.setFlags(AV_CODEC_FLAG_BITEXACT, AV_CODEC_FLAG_GLOBAL_HEADER)
  FFmpegError.throwIfError(context.open2Sync(codec, null), 'open libopus')
  try {
    return writeContainer('ogg', context, cutFrames(track))
  } finally {
    context.freeContext()
  }
}

function* cutFrames({ left, right }: Track): Generator<Frame> {
  for (let start = 0; start < left.length; start += FRAME_SAMPLES) {
    const count = Math.min(FRAME_SAMPLES, left.length - start)
    const samples = new Float32Array(count * 2)
    for (let index = 0; index < count; index++) {
      samples[index * 2] = left[start + index]!
      samples[index * 2 + 1] = right[start + index]!
    }
    yield Frame.fromAudioBuffer(Buffer.from(samples.buffer), {
      nbSamples: count,
      format: AV_SAMPLE_FMT_FLT,
      sampleRate: SAMPLE_RATE,
      channelLayout: stereo,
      timeBase: { num: 1, den: SAMPLE_RATE },
      pts: BigInt(start),
    })
  }
}
