import {
  chooseTolerance,
  compareThumbprints,
  decodePackets,
  type EncodedPacket,
  type EncodedStream,
  type Thumbprint,
} from '@flatrender/engine-media'

/** What is wrong with an encoded segment. */
export interface PictureFault {
  /** Frames of the segment. */
  readonly frames: readonly number[]
  readonly reason: string
}

/**
 * Decodes a segment again, its key frames or all, and compares what comes out with what was painted. Undefined if all
 * is well. Of frames whose thumbprint isn't known it says only whether they can be decoded.
 */
export function verifyPictures(
  { parameters, packets }: EncodedStream,
  painted: ReadonlyMap<number, Thumbprint>,
  which: 'key' | 'full',
): PictureFault | undefined {
  const wanted = packets.filter(({ key }) => key || which === 'full')
  const framesOf = ({ pts, duration }: EncodedPacket) =>
    Array.from({ length: duration }, (_, frame) => pts + frame)
  let decoded: ReturnType<typeof decodePackets>
  try {
    decoded = decodePackets(parameters, packets, which === 'full' ? 'all' : 'key')
  } catch (error) {
    const reason = `they cannot be decoded (${(error as Error).message})`
    return { frames: wanted.flatMap(framesOf), reason }
  }
  const seen = new Map(decoded.map(({ pts, print }) => [pts, print]))
  const missing = wanted.filter(({ pts }) => !seen.has(pts)).flatMap(framesOf)
  if (missing.length > 0) return { frames: missing, reason: 'they are lost in decoding' }
  const tolerance = chooseTolerance(parameters)
  const different = wanted.flatMap((packet) =>
    framesOf(packet).filter((frame) => {
      const print = painted.get(frame)
      return print !== undefined && !compareThumbprints(print, seen.get(packet.pts)!, tolerance).same
    }),
  )
  return different.length > 0
    ? { frames: different, reason: 'they decode to another picture than was painted' }
    : undefined
}
