import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
  type AVSampleFormat,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBOPUS,
  FF_ENCODER_PCM_S16LE,
  type FFEncoderCodec,
} from 'node-av/constants'
import { Rational as AvRational, Codec, CodecContext, FFmpegError, Frame, Packet } from 'node-av/lib'
import type { EncodedPacket, EncodedStream } from '../encode/encoded-stream.ts'
import { readStreamParameters, stereo } from '../encode/stream-parameters.ts'
import { quietFfmpeg } from '../ffmpeg/quiet-ffmpeg.ts'
import { channels, sampleRate } from './audio-format.ts'
import { readSoundFile } from './read-sound-file.ts'

/** Sound codecs: aac for mp4, opus for webm, pcm (16 bits) or aac for mov. */
export type AudioCodec = 'aac' | 'opus' | 'pcm'

interface AudioChoice {
  readonly encoder: FFEncoderCodec
  readonly format: AVSampleFormat
  readonly bitRate: bigint
}

const choices: Readonly<Record<AudioCodec, AudioChoice>> = {
  aac: { encoder: FF_ENCODER_AAC, format: AV_SAMPLE_FMT_FLTP, bitRate: 192_000n },
  opus: { encoder: FF_ENCODER_LIBOPUS, format: AV_SAMPLE_FMT_FLT, bitRate: 160_000n },
  pcm: { encoder: FF_ENCODER_PCM_S16LE, format: AV_SAMPLE_FMT_S16, bitRate: 0n },
}

/**
 * Encodes a whole mix (raw floats, as `mixAudio` writes them) as one stream, in samples. AAC and Opus begin
 * with priming before time 0: the first packets have negative pts, and the muxer tells players to skip them.
 */
export async function encodeAudio(pcmFile: string, codec: AudioCodec): Promise<EncodedStream> {
  quietFfmpeg()
  const { encoder, format, bitRate } = choices[codec]
  const found = Codec.findEncoderByName(encoder)
  if (!found) throw new Error(`this FFmpeg has no encoder ${encoder}`)
  const context = new CodecContext()
  context.allocContext3(found)
  context.sampleRate = sampleRate
  context.sampleFormat = format
  context.channelLayout = stereo
  context.timeBase = new AvRational(1, sampleRate)
  context.threadCount = 1
  if (bitRate > 0n) context.bitRate = bitRate
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_BITEXACT)
  FFmpegError.throwIfError(context.open2Sync(found, null), `open ${encoder}`)

  const packet = new Packet()
  packet.alloc()
  const packets: EncodedPacket[] = []
  const drain = () => {
    while (context.receivePacketSync(packet) >= 0) {
      packets.push({
        pts: Number(packet.pts),
        dts: Number(packet.dts),
        duration: Number(packet.duration),
        key: true,
        data: Buffer.from(packet.data ?? Buffer.alloc(0)),
      })
      packet.unref()
    }
  }
  let position = 0
  try {
    for await (const samples of chunk(readSoundFile(pcmFile), context.frameSize || 1024)) {
      const nbSamples = samples.length / channels
      const frame = Frame.fromAudioBuffer(arrange(samples, format), {
        nbSamples,
        format,
        sampleRate,
        channelLayout: stereo,
        timeBase: { num: 1, den: sampleRate },
        pts: BigInt(position),
      })
      position += nbSamples
      FFmpegError.throwIfError(context.sendFrameSync(frame), 'encode sound')
      frame.free()
      drain()
    }
    FFmpegError.throwIfError(context.sendFrameSync(null), 'finish sound')
    drain()
    return { parameters: readStreamParameters(context, { num: 1, den: sampleRate }), packets }
  } finally {
    packet.free()
    context.freeContext()
  }
}

/** Cuts blocks into pieces of exactly `count` samples; the last may be shorter. */
async function* chunk(blocks: AsyncIterable<Float32Array>, count: number): AsyncGenerator<Float32Array> {
  let piece = new Float32Array(count * channels)
  let filled = 0
  for await (const block of blocks) {
    for (let at = 0; at < block.length; ) {
      const part = block.subarray(at, at + piece.length - filled)
      piece.set(part, filled)
      filled += part.length
      at += part.length
      if (filled < piece.length) continue
      yield piece
      piece = new Float32Array(count * channels)
      filled = 0
    }
  }
  if (filled > 0) yield piece.subarray(0, filled)
}

/** Interleaved floats in the sample format that the encoder takes. */
function arrange(samples: Float32Array, format: AVSampleFormat): Buffer {
  const count = samples.length / channels
  if (format === AV_SAMPLE_FMT_FLTP) {
    const planar = new Float32Array(samples.length)
    for (let i = 0; i < count; i++) {
      planar[i] = samples[i * 2] as number
      planar[count + i] = samples[i * 2 + 1] as number
    }
    return Buffer.from(planar.buffer)
  }
  if (format === AV_SAMPLE_FMT_S16) {
    const whole = new Int16Array(samples.length)
    for (let i = 0; i < samples.length; i++)
      whole[i] = Math.max(-32_768, Math.min(32_767, Math.round((samples[i] as number) * 32_768)))
    return Buffer.from(whole.buffer)
  }
  return Buffer.from(samples.buffer.slice(samples.byteOffset, samples.byteOffset + samples.byteLength))
}
