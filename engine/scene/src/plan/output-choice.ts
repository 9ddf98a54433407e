import {
  type Container,
  parseRational,
  type Quality,
  type Rational,
  type VideoCodec,
  type VideoSettings,
} from '@flatrender/contracts/engine'
import { FlatRenderError } from '@flatrender/contracts/errors'

/** How the video is wanted; what is absent follows from the template and the file's name. */
export interface OutputChoice {
  readonly container: Container
  readonly codec?: VideoCodec
  /** `720p` is the shorter side; `1200x628` both. Absent: the template's own size. */
  readonly resolution?: string
  readonly fps?: string | number
  readonly quality?: Quality
  readonly transparent?: boolean
}

const CODECS: Record<Container, readonly [VideoCodec, ...VideoCodec[]]> = {
  mp4: ['h264', 'h265', 'av1'],
  webm: ['vp9', 'av1'],
  mov: ['prores422', 'prores4444', 'h264', 'h265'],
  gif: ['gif'],
  webp: ['webp'],
  png: ['png'],
}
const KEEPS_ALPHA: ReadonlySet<VideoCodec> = new Set(['vp9', 'prores4444', 'webp', 'gif', 'png'])
/** GIF counts time in hundredths of a second, and browsers show a picture of one hundredth ten times as long. */
const GIF_RATE: Rational = { num: 25, den: 1 }
const GIF_MAX = 50
/** Frames a second that an animation made for more is written at. */
const FASTEST = 60
const MIN_SIDE = 16
const MAX_SIDE = 8192

/** Container by the end of a file's name. Errors: OUTPUT_FORMAT_UNKNOWN. */
export function containerOf(file: string): Container {
  const ending = /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? ''
  if (Object.hasOwn(CODECS, ending)) return ending as Container
  throw new FlatRenderError('OUTPUT_FORMAT_UNKNOWN', {
    file,
    known: Object.keys(CODECS).map((name) => `.${name}`),
  })
}

/** Frames a second of the output, known before anything is compiled. Errors: OUTPUT_SETTINGS_INVALID. */
export function chooseRate({ fps, container }: OutputChoice, templateFps: Rational): Rational {
  if (fps === undefined) {
    if (container === 'gif') return GIF_RATE
    return templateFps.num / templateFps.den > FASTEST ? { num: FASTEST, den: 1 } : templateFps
  }
  const rate = parseRational(fps)
  if (rate === undefined) throw invalid('fps', fps, 'it is not a number of frames a second')
  if (rate.num / rate.den < 1 || rate.num / rate.den > 60.001)
    throw invalid('fps', fps, 'it must be from 1 to 60')
  if (container === 'gif' && rate.num / rate.den > GIF_MAX)
    throw invalid('fps', fps, `browsers play a GIF of more than ${GIF_MAX} too slowly`)
  return rate
}

/** Settings for a composition of this size. Errors: OUTPUT_SETTINGS_INVALID. */
export function chooseSettings(
  choice: OutputChoice,
  composition: { width: number; height: number },
  fps: Rational,
): VideoSettings {
  const { container, quality = 'standard', transparent = false } = choice
  const codec = choice.codec ?? (transparent && container === 'mov' ? 'prores4444' : CODECS[container][0])
  if (!CODECS[container].includes(codec)) {
    throw invalid('codec', codec, `a .${container} file holds ${CODECS[container].join(' or ')}`)
  }
  if (transparent && !KEEPS_ALPHA.has(codec)) {
    throw invalid('transparent', 'true', `${codec} has no transparency; take ${[...KEEPS_ALPHA].join(', ')}`)
  }
  const { width, height } = chooseSize(choice.resolution, composition)
  return { codec, width, height, fps, quality, alpha: transparent }
}

function chooseSize(resolution: string | undefined, { width, height }: { width: number; height: number }) {
  if (resolution === undefined) return inRange(width, height, `${width}x${height}`)
  const custom = /^(\d{1,5})x(\d{1,5})$/.exec(resolution)
  if (custom !== null) return inRange(Number(custom[1]), Number(custom[2]), resolution)
  const shorter =
    /^(\d{3,4})p$/.exec(resolution)?.[1] ??
    { '4k': '2160', hd: '720', fullhd: '1080' }[resolution.toLowerCase()]
  if (shorter === undefined)
    throw invalid('resolution', resolution, 'it is neither like 1080p nor like 1200x628')
  const scale = Number(shorter) / Math.min(width, height)
  return inRange(width * scale, height * scale, resolution)
}

function inRange(width: number, height: number, resolution: string): { width: number; height: number } {
  const size = { width: even(width), height: even(height) }
  if (Math.min(size.width, size.height) < MIN_SIDE || Math.max(size.width, size.height) > MAX_SIDE) {
    throw invalid('resolution', resolution, `both sides must be ${MIN_SIDE} to ${MAX_SIDE} pixels`)
  }
  return size
}

/** Codecs with halved chroma want even sides. */
function even(side: number): number {
  return Math.max(2, Math.round(side / 2) * 2)
}

function invalid(setting: string, value: string | number, reason: string): FlatRenderError {
  return new FlatRenderError('OUTPUT_SETTINGS_INVALID', { setting, value, reason })
}
