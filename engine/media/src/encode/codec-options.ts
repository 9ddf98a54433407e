import type { Quality, VideoSettings } from '@flatrender/contracts/engine'
import {
  FF_ENCODER_GIF,
  FF_ENCODER_LIBSVTAV1,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBWEBP_ANIM,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
  FF_ENCODER_PNG,
  FF_ENCODER_PRORES,
  type FFEncoderCodec,
} from 'node-av/constants'

/** Overrides for measurements; a render never uses them, for they change the bits. */
export interface EncoderOverrides {
  readonly preset?: string
  readonly crf?: number
  readonly threads?: number
}

/** Which of FFmpeg's encoders, and its private options. */
export interface CodecOptions {
  readonly encoder: FFEncoderCodec
  readonly options: Readonly<Record<string, string>>
}

type Scale = Readonly<Record<Quality, string>>

const x264Preset: Scale = { draft: 'ultrafast', standard: 'veryfast', high: 'medium' }
const x264Crf: Scale = { draft: '26', standard: '20', high: '17' }
const x265Preset: Scale = { draft: 'ultrafast', standard: 'veryfast', high: 'medium' }
const x265Crf: Scale = { draft: '28', standard: '23', high: '20' }
const av1Preset: Scale = { draft: '12', standard: '9', high: '6' }
const av1Crf: Scale = { draft: '42', standard: '32', high: '24' }
const vp9Speed: Scale = { draft: '8', standard: '5', high: '2' }
const vp9Crf: Scale = { draft: '40', standard: '30', high: '22' }
const prores422Profile: Scale = { draft: '1', standard: '3', high: '3' } // LT, HQ, HQ
const webpQuality: Scale = { draft: '60', standard: '80', high: '95' }
const pngLevel: Scale = { draft: '1', standard: '6', high: '9' }

/**
 * The table from codec and quality to encoder options. Everything here is fixed: one thread, and no choice
 * that depends on the processor, so that equal frames give equal bytes on every machine of one architecture.
 */
export function chooseCodecOptions(settings: VideoSettings, overrides: EncoderOverrides = {}): CodecOptions {
  const { quality } = settings
  const preset = (scale: Scale) => overrides.preset ?? scale[quality]
  const crf = (scale: Scale) => String(overrides.crf ?? scale[quality])
  switch (settings.codec) {
    case 'h264':
      // Without cpu-independent, SSE2, AVX2 and plain C choose different (equally good) motion vectors.
      return {
        encoder: FF_ENCODER_LIBX264,
        options: {
          preset: preset(x264Preset),
          crf: crf(x264Crf),
          'x264-params': 'cpu-independent=1:open-gop=0',
        },
      }
    case 'h265':
      // A thread pool, frame threads and wavefronts would each change the bits with the number of cores.
      return {
        encoder: FF_ENCODER_LIBX265,
        options: {
          preset: preset(x265Preset),
          crf: crf(x265Crf),
          'x265-params':
            'log-level=none:pools=none:frame-threads=1:wpp=0:pmode=0:pme=0:open-gop=0:info=0:repeat-headers=0',
        },
      }
    case 'av1':
      return {
        encoder: FF_ENCODER_LIBSVTAV1,
        options: { preset: preset(av1Preset), crf: crf(av1Crf), 'svtav1-params': 'lp=1' },
      }
    case 'vp9':
      return {
        encoder: FF_ENCODER_LIBVPX_VP9,
        options: {
          deadline: 'good',
          'cpu-used': preset(vp9Speed),
          crf: crf(vp9Crf),
          b: '0',
          'row-mt': '0',
          'tile-columns': '0',
          // Alternate reference frames and transparency cannot be had together in libvpx.
          'auto-alt-ref': settings.alpha ? '0' : '1',
          'lag-in-frames': settings.alpha ? '0' : '16',
        },
      }
    case 'prores422':
      // FFmpeg's other ProRes encoder, prores_ks, takes six times as long for the same size.
      return { encoder: FF_ENCODER_PRORES, options: { profile: prores422Profile[quality], vendor: 'apl0' } }
    case 'prores4444':
      return { encoder: FF_ENCODER_PRORES, options: { profile: '4', vendor: 'apl0' } }
    case 'gif':
      return { encoder: FF_ENCODER_GIF, options: {} }
    case 'webp':
      return {
        encoder: FF_ENCODER_LIBWEBP_ANIM,
        options: { quality: crf(webpQuality), compression_level: '4' },
      }
    case 'png':
      return { encoder: FF_ENCODER_PNG, options: { compression_level: pngLevel[quality], pred: 'mixed' } }
  }
}
