import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { joinSegments } from './join-segments.ts'
import type { MuxOptions } from './mux-options.ts'
import { translateWriteError } from './throw-on-write-error.ts'

/** The name of a frame in a picture sequence; editors sort and recognise it: `frame-000012.png`. */
export function nameFrameFile(frame: number): string {
  return `frame-${String(frame).padStart(6, '0')}.png`
}

/** Writes each packet as a numbered picture, from 0, into the existing folder `file`. */
export async function writePictures({ file, segments }: MuxOptions): Promise<{ frames: number }> {
  let frames = 0
  for await (const packet of joinSegments(segments)) {
    const target = path.join(file, nameFrameFile(packet.pts))
    try {
      await writeFile(target, packet.data)
    } catch (error) {
      throw translateWriteError(error, target)
    }
    frames = packet.pts + packet.duration
  }
  return { frames }
}
