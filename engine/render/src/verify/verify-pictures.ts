import {
  compareThumbprints,
  decodePackets,
  type EncodedStream,
  isDecodable,
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
 * is well, or if the format can't be decoded outside a file (GIF, WebP).
 */
export function verifyPictures(
  { parameters, packets }: EncodedStream,
  painted: ReadonlyMap<number, Thumbprint>,
  which: 'key' | 'full',
): PictureFault | undefined {
  if (!isDecodable(parameters)) return undefined
  const wanted = packets.filter(({ key }) => key || which === 'full').map(({ pts }) => pts)
  let decoded: ReturnType<typeof decodePackets>
  try {
    decoded = decodePackets(parameters, packets, which === 'full' ? 'all' : 'key')
  } catch (error) {
    return { frames: wanted, reason: `they cannot be decoded (${(error as Error).message})` }
  }
  const seen = new Map(decoded.map(({ pts, print }) => [pts, print]))
  const missing = wanted.filter((pts) => !seen.has(pts))
  if (missing.length > 0) return { frames: missing, reason: 'they are lost in decoding' }
  const different = wanted.filter((pts) => {
    const print = painted.get(pts)
    return print !== undefined && !compareThumbprints(print, seen.get(pts)!).same
  })
  return different.length > 0
    ? { frames: different, reason: 'they decode to another picture than was painted' }
    : undefined
}
