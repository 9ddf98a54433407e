import type { VideoSettings } from '@flatrender/contracts/engine'
import {
  createFrameConverter,
  type EncodedStream,
  muxVideo,
  openEncoder,
  openVideoReader,
} from '@flatrender/engine-media'

/** Bars a picture: as many bits of its number. */
const BARS = 8

/** A clip whose pictures say their number in black and white bars, the lowest bit at the left. */
export interface NumberedClip {
  readonly file: string
  readonly frames: number
  readonly fps?: number
  readonly width?: number
  readonly height?: number
  /** When each picture is shown, in frames; a frame each when absent. */
  readonly times?: readonly number[]
}

/** Writes a clip: ProRes in .mov; in .webm VP9, whose header tells the length of uneven rates as well. */
export async function writeNumberedClip(clip: NumberedClip): Promise<string> {
  const { file, frames, fps = 30, width = 160, height = 90, times } = clip
  const settings: VideoSettings = {
    codec: file.endsWith('.webm') ? 'vp9' : 'prores422',
    width,
    height,
    fps: { num: fps, den: 1 },
    quality: 'draft',
    alpha: false,
  }
  const stream = await encodeBars(settings, frames)
  const packets = stream.packets.map((packet, index) => {
    const pts = times?.[index] ?? index
    return { ...packet, pts, dts: pts, duration: (times?.[index + 1] ?? pts + 1) - pts }
  })
  await muxVideo({
    file,
    container: file.endsWith('.webm') ? 'webm' : 'mov',
    settings,
    segments: [{ startFrame: 0, stream: { ...stream, packets } }],
  })
  return file
}

async function encodeBars(settings: VideoSettings, frames: number): Promise<EncodedStream> {
  const { width, height } = settings
  const converter = createFrameConverter(settings)
  const encoder = openEncoder(settings)
  const rgba = Buffer.alloc(width * height * 4, 255)
  for (let frame = 0; frame < frames; frame++) {
    for (let x = 0; x < width; x++) {
      const bit = (frame >> Math.floor((x * BARS) / width)) & 1
      rgba.fill(bit * 255, x * 4, x * 4 + 3)
    }
    // All rows are as the first.
    for (let y = 1; y < height; y++) rgba.copyWithin(y * width * 4, 0, width * 4)
    await encoder.encode(converter.convert(rgba), frame)
  }
  const stream = await encoder.finish()
  encoder.close()
  converter.close()
  return stream
}

/** Reads the number off a picture; NaN where a bar is neither black nor white. */
export function readNumber(rgba: Buffer, width: number, height: number): number {
  let number = 0
  for (let bar = 0; bar < BARS; bar++) {
    const x = Math.floor(((bar + 0.5) * width) / BARS)
    const level = rgba[(Math.floor(height / 2) * width + x) * 4 + 1]!
    if (level > 80 && level < 175) return Number.NaN
    if (level >= 175) number |= 1 << bar
  }
  return number
}

/** The numbers on all pictures of a video file. */
export async function readNumbers(file: string, frames: number, fps = 30): Promise<number[]> {
  const reader = await openVideoReader(file)
  try {
    const numbers: number[] = []
    for (let frame = 0; frame < frames; frame++) {
      const rgba = await reader.frameAt((frame + 0.5) / fps)
      numbers.push(readNumber(rgba, reader.width, reader.height))
    }
    return numbers
  } finally {
    await reader.close()
  }
}
