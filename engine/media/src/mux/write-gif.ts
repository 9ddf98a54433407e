import { joinSegments } from './join-segments.ts'
import type { MuxOptions } from './mux-options.ts'
import { openByteWriter } from './open-byte-writer.ts'

// "GIF89a" and the logical screen; the encoder gives both with the first frame of every segment.
const headerBytes = 13
const graphicControl = Buffer.from([0x21, 0xf9, 0x04])
const loopForever = Buffer.concat([
  Buffer.from([0x21, 0xff, 0x0b]),
  Buffer.from('NETSCAPE2.0', 'latin1'),
  Buffer.from([3, 1, 0, 0, 0]),
])
const trailer = Buffer.from([0x3b])

/** Writes an endlessly looping GIF. Delays are whole hundredths of a second, rounded so that no drift adds up. */
export async function writeGif({ file, settings, segments }: MuxOptions): Promise<{ frames: number }> {
  const { num, den } = settings.fps
  const hundredths = (frame: number) => Math.round((frame * 100 * den) / num)
  const writer = await openByteWriter(file)
  let frames = 0
  try {
    for await (const packet of joinSegments(segments)) {
      const hasHeader = packet.data.toString('latin1', 0, 3) === 'GIF'
      if (hasHeader && frames === 0) {
        await writer.write(makeHeader(packet.data))
        await writer.write(loopForever)
      }
      const picture = Buffer.from(hasHeader ? packet.data.subarray(headerBytes) : packet.data)
      const control = picture.indexOf(graphicControl)
      if (control < 0) throw new Error('a GIF frame without a graphic control extension')
      frames = packet.pts + packet.duration
      picture.writeUInt16LE(Math.min(65_535, hundredths(frames) - hundredths(packet.pts)), control + 4)
      await writer.write(picture)
    }
    await writer.write(trailer)
  } finally {
    await writer.close()
  }
  return { frames }
}

// The encoder guesses an aspect ratio; zero says what we mean: square pixels.
function makeHeader(first: Buffer): Buffer {
  const header = Buffer.from(first.subarray(0, headerBytes))
  header[12] = 0
  return header
}
