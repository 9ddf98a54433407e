import type { VideoSettings } from '@flatrender/contracts/engine'
import type { AVPixelFormat } from 'node-av/constants'
import type { CodecOptions } from './codec-options.ts'
import type { EncodedPacket } from './encoded-stream.ts'
import type { Encoder } from './encoder.ts'
import { openCodecEncoder } from './open-codec-encoder.ts'
import { readWebpChunks, writeWebpChunk } from './webp-chunks.ts'

/**
 * Animated WebP. libwebp gives a whole file a segment; we take its frames out, one packet each, so that
 * segments can be joined. Equal neighbouring pictures become one packet of a longer duration.
 */
export function openWebpEncoder(
  settings: VideoSettings,
  format: AVPixelFormat,
  choice: CodecOptions,
): Encoder {
  const encoder = openCodecEncoder(settings, format, choice)
  let frames = 0
  return {
    encode(frame, pts) {
      frames = pts + 1
      return encoder.encode(frame, pts)
    },
    async finish() {
      const stream = await encoder.finish()
      const file = Buffer.concat(stream.packets.map((packet) => packet.data))
      return { parameters: stream.parameters, packets: splitFrames(file, frames, settings) }
    },
    close() {
      encoder.close()
    },
  }
}

function splitFrames(file: Buffer, frames: number, settings: VideoSettings): EncodedPacket[] {
  const chunks = readWebpChunks(file)
  const animated = chunks.filter((chunk) => chunk.name === 'ANMF')
  if (animated.length === 0) return [makePacket(wrapStill(chunks, settings), 0, frames)]

  const packets: EncodedPacket[] = []
  const millisecondsAFrame = (1000 * settings.fps.den) / settings.fps.num
  let milliseconds = 0
  for (const [index, { data }] of animated.entries()) {
    const pts = Math.round(milliseconds / millisecondsAFrame)
    milliseconds += data.readUIntLE(12, 3)
    const last = index === animated.length - 1
    const end = last ? frames : Math.round(milliseconds / millisecondsAFrame)
    packets.push(makePacket(index === 0 ? withoutBlending(data) : data, pts, end - pts))
  }
  return packets
}

function makePacket(data: Buffer, pts: number, duration: number): EncodedPacket {
  return { pts, dts: pts, duration, key: pts === 0, data: Buffer.from(data) }
}

// The first frame covers everything and must not let the end of the segment before it shine through.
function withoutBlending(frame: Buffer): Buffer {
  const copy = Buffer.from(frame)
  copy[15] = (copy[15] ?? 0) | 2
  return copy
}

// One picture comes as a still file: gives it the 16-byte head that a frame of an animation has.
function wrapStill(chunks: ReturnType<typeof readWebpChunks>, settings: VideoSettings): Buffer {
  const head = Buffer.alloc(16)
  head.writeUIntLE(settings.width - 1, 6, 3)
  head.writeUIntLE(settings.height - 1, 9, 3)
  head[15] = 2
  const pictures = chunks.filter(({ name }) => name === 'ALPH' || name.startsWith('VP8 ') || name === 'VP8L')
  return Buffer.concat([head, ...pictures.map(({ name, data }) => writeWebpChunk(name, data))])
}
