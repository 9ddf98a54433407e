import type { EncodedPacket } from '../encode/encoded-stream.ts'
import type { MuxOptions } from './mux-options.ts'

/** The packets of all segments in one row, with pts on the finished video's clock (frames). */
export async function* joinSegments(segments: MuxOptions['segments']): AsyncGenerator<EncodedPacket> {
  let frames = 0
  for await (const { startFrame, stream } of segments) {
    if (startFrame !== frames) throw new Error(`a segment starts at frame ${startFrame}, not ${frames}`)
    for (const packet of stream.packets) {
      frames += packet.duration
      yield { ...packet, pts: packet.pts + startFrame, dts: packet.dts + startFrame }
    }
  }
}
