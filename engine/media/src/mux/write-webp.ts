import { writeWebpChunk } from '../encode/webp-chunks.ts'
import { joinSegments } from './join-segments.ts'
import type { MuxOptions } from './mux-options.ts'
import { openByteWriter } from './open-byte-writer.ts'

const animationFlag = 0x02
const alphaFlag = 0x10

/**
 * Writes an endlessly looping WebP (RIFF: VP8X, ANIM, ANMF…). Durations are whole milliseconds, rounded so that
 * no drift adds up.
 */
export async function writeWebp({ file, settings, segments }: MuxOptions): Promise<{ frames: number }> {
  const { num, den } = settings.fps
  const milliseconds = (frame: number) => Math.round((frame * 1000 * den) / num)
  const writer = await openByteWriter(file)
  let frames = 0
  try {
    await writer.write(Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'))
    const head = Buffer.alloc(10)
    head[0] = animationFlag | (settings.alpha ? alphaFlag : 0)
    head.writeUIntLE(settings.width - 1, 4, 3)
    head.writeUIntLE(settings.height - 1, 7, 3)
    await writer.write(writeWebpChunk('VP8X', head))
    // Transparent background; zero loops means endless.
    await writer.write(writeWebpChunk('ANIM', Buffer.alloc(6)))
    for await (const packet of joinSegments(segments)) {
      frames = packet.pts + packet.duration
      const frame = Buffer.from(packet.data)
      frame.writeUIntLE(milliseconds(frames) - milliseconds(packet.pts), 12, 3)
      await writer.write(writeWebpChunk('ANMF', frame))
    }
    const length = Buffer.alloc(4)
    length.writeUInt32LE(writer.size() - 8)
    await writer.writeAt(length, 4)
  } finally {
    await writer.close()
  }
  return { frames }
}
