import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  type AVMediaType,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants'
import { avGetPixFmtName, type FormatContext, Frame, Packet, type Stream } from 'node-av/lib'
import { openInput } from '../ffmpeg/open-input.ts'
import { hasAlphaTag, openDecoder } from '../video/open-decoder.ts'
import { readRotation } from '../video/read-rotation.ts'
import type { MediaInfo } from './media-info.ts'

/** Reads a video's or sound's header, and decodes the first frame. */
export async function probeContainer(file: string, format: string): Promise<MediaInfo> {
  const input = await openInput(file)
  try {
    const video = findStream(input, AVMEDIA_TYPE_VIDEO)
    const audio = findStream(input, AVMEDIA_TYPE_AUDIO)
    const main = video ?? audio
    if (!main)
      throw new FlatRenderError('MEDIA_UNREADABLE', { file, reason: 'it has neither picture nor sound' })
    const frame = await decodeFirst(input, main)
    if (!frame && video) throw new FlatRenderError('MEDIA_WITHOUT_FRAMES', { file })
    if (!frame)
      throw new FlatRenderError('MEDIA_UNREADABLE', { file, reason: 'no sound in it can be decoded' })
    const seconds = await measureSeconds(input, main)
    const common = { format, seconds, hasAudio: audio !== undefined }
    if (!video) return { kind: 'audio', width: 0, height: 0, hasAlpha: false, ...common }

    const { num, den } = video.avgFrameRate
    return {
      kind: 'video',
      ...measureSize(frame, readRotation(video)),
      ...(num > 0 && den > 0 ? { fps: num / den } : {}),
      hasAlpha: hasAlphaTag(video) || /^(yuva|gbrap|rgba|bgra|argb|abgr|ya\d|pal8)/.test(frame.layout),
      ...common,
    }
  } finally {
    await input.closeInput()
  }
}

/** The best stream of a kind; the cover picture of a song is none. */
export function findStream(input: FormatContext, type: AVMediaType): Stream | undefined {
  const stream = input.streams[input.findBestStream(type)]
  return stream && !stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC) ? stream : undefined
}

/** Pixels as shown: square, and upright. */
export function measureSize(
  frame: { width: number; height: number; pixelAspect: number },
  rotation: number,
): { width: number; height: number } {
  const width = Math.max(1, Math.round(frame.width * frame.pixelAspect))
  return rotation % 180 === 0 ? { width, height: frame.height } : { width: frame.height, height: width }
}

async function decodeFirst(input: FormatContext, stream: Stream) {
  const decoder = openDecoder(stream)
  if (!decoder) return undefined
  const [packet, frame] = [new Packet(), new Frame()]
  packet.alloc()
  frame.alloc()
  try {
    for (let done = false; !done; ) {
      done = (await input.readFrame(packet)) < 0
      if (!done && packet.streamIndex !== stream.index) {
        packet.unref()
        continue
      }
      await decoder.sendPacket(done ? null : packet)
      packet.unref()
      if ((await decoder.receiveFrame(frame)) >= 0) {
        const { num, den } = frame.sampleAspectRatio
        const pixelAspect = num > 0 && den > 0 ? num / den : 1
        const layout = frame.isVideo() ? (avGetPixFmtName(frame.format as never) ?? '') : ''
        return { width: frame.width, height: frame.height, pixelAspect, layout }
      }
    }
    return undefined
  } finally {
    packet.free()
    frame.free()
    decoder.freeContext()
  }
}

// Recordings made in a browser have no length in their header: then the last packet tells.
async function measureSeconds(input: FormatContext, stream: Stream): Promise<number> {
  const { num, den } = stream.timeBase
  if (stream.duration > 0n) return (Number(stream.duration) * num) / den
  if (input.duration > 0n) return Number(input.duration) / 1_000_000
  await input.seekFrame(stream.index, 0n, AVSEEK_FLAG_BACKWARD)
  const packet = new Packet()
  packet.alloc()
  const start = stream.startTime > 0n ? stream.startTime : 0n
  let end = 0n
  while ((await input.readFrame(packet)) >= 0) {
    const stop = packet.pts + packet.duration - start
    if (packet.streamIndex === stream.index && stop > end) end = stop
    packet.unref()
  }
  packet.free()
  return (Number(end) * num) / den
}
