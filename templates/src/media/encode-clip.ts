import type { Canvas } from '@napi-rs/canvas'
import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_OPT_SEARCH_CHILDREN,
  AV_OPT_TYPE_STRING,
  AV_PIX_FMT_YUV420P,
  FF_ENCODER_LIBX264,
} from 'node-av/constants'
import { Codec, CodecContext, FFmpegError, Frame, Rational } from 'node-av/lib'
import { convertToI420 } from './convert-to-i420.ts'
import { quietFfmpeg } from './quiet-ffmpeg.ts'
import { writeContainer } from './write-container.ts'

/** A short film: its size (even numbers), length in frames, and how a frame is drawn. */
export type Clip = {
  width: number
  height: number
  fps: number
  frames: number
  draw: (frame: number) => Canvas
}

/** Encodes a clip as H.264 in MP4 with one thread and no choice that depends on the processor. */
export function encodeClip(clip: Clip): Uint8Array {
  quietFfmpeg()
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264)
  if (!codec) throw new Error('this FFmpeg has no libx264')
  const context = new CodecContext()
  context.allocContext3(codec)
  context.width = clip.width
  context.height = clip.height
  context.pixelFormat = AV_PIX_FMT_YUV420P
  context.timeBase = new Rational(1, clip.fps)
  context.framerate = new Rational(clip.fps, 1)
  context.gopSize = 60
  context.threadCount = 1
  context.setFlags(AV_CODEC_FLAG_BITEXACT, AV_CODEC_FLAG_GLOBAL_HEADER)
  for (const [name, value] of [
    ['preset', 'slow'],
    ['crf', '25'],
    ['x264-params', 'cpu-independent=1'],
  ] as const)
    FFmpegError.throwIfError(
      context.setOption(name, value, AV_OPT_TYPE_STRING, AV_OPT_SEARCH_CHILDREN),
      `set ${name}`,
    )
  FFmpegError.throwIfError(context.open2Sync(codec, null), 'open libx264')
  try {
    return writeContainer('mp4', context, drawFrames(clip))
  } finally {
    context.freeContext()
  }
}

function* drawFrames({ width, height, fps, frames, draw }: Clip): Generator<Frame> {
  for (let index = 0; index < frames; index++)
    yield Frame.fromVideoBuffer(convertToI420(draw(index), width, height), {
      width,
      height,
      format: AV_PIX_FMT_YUV420P,
      timeBase: { num: 1, den: fps },
      pts: BigInt(index),
    })
}
