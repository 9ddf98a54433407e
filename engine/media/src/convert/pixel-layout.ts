import type { VideoCodec, VideoSettings } from '@flatrender/contracts/engine'
import {
  AV_PIX_FMT_BGRA,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV422P10LE,
  AV_PIX_FMT_YUV444P10LE,
  AV_PIX_FMT_YUVA420P,
  AV_PIX_FMT_YUVA444P10LE,
  type AVPixelFormat,
} from 'node-av/constants'

/** FFmpeg's pixel format that frames have when they reach the encoder: without and with transparency. */
interface PixelLayout {
  readonly opaque: AVPixelFormat
  readonly transparent?: AVPixelFormat
}

const layouts: Readonly<Record<VideoCodec, PixelLayout>> = {
  h264: { opaque: AV_PIX_FMT_YUV420P },
  h265: { opaque: AV_PIX_FMT_YUV420P },
  av1: { opaque: AV_PIX_FMT_YUV420P },
  vp9: { opaque: AV_PIX_FMT_YUV420P, transparent: AV_PIX_FMT_YUVA420P },
  prores422: { opaque: AV_PIX_FMT_YUV422P10LE },
  prores4444: { opaque: AV_PIX_FMT_YUV444P10LE, transparent: AV_PIX_FMT_YUVA444P10LE },
  // Our own quantiser reduces GIF's colours later; until then its frames are plain RGBA.
  gif: { opaque: AV_PIX_FMT_RGBA, transparent: AV_PIX_FMT_RGBA },
  webp: { opaque: AV_PIX_FMT_BGRA, transparent: AV_PIX_FMT_BGRA },
  png: { opaque: AV_PIX_FMT_RGB24, transparent: AV_PIX_FMT_RGBA },
}

/** The pixel format for these settings, or undefined when `alpha` is wanted of a codec that has none. */
export function findPixelLayout(settings: Pick<VideoSettings, 'codec' | 'alpha'>): AVPixelFormat | undefined {
  const layout = layouts[settings.codec]
  return settings.alpha ? layout.transparent : layout.opaque
}

/** Is this one of the formats that store red, green and blue rather than luma and chroma? */
export function isRgbLayout(format: AVPixelFormat): boolean {
  return format === AV_PIX_FMT_RGBA || format === AV_PIX_FMT_BGRA || format === AV_PIX_FMT_RGB24
}
