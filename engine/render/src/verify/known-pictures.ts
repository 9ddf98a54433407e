import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Thumbprint } from '@flatrender/engine-media'
import type { SegmentManifest } from '@flatrender/engine-scene'

/** Writes thumbprints as a manifest keeps them, deflated: 200 to 300 characters each for lottie-web's animations. */
export function packThumbprints(prints: ReadonlyMap<number, Thumbprint>): SegmentManifest['thumbprints'] {
  const packed = [...prints].map(([frame, print]) => [frame, deflateRawSync(print).toString('base64')])
  return Object.fromEntries(packed) as SegmentManifest['thumbprints']
}

/** Reads them back: frame of the segment → thumbprint of what was painted. */
export function unpackThumbprints({ thumbprints }: SegmentManifest): Map<number, Thumbprint> {
  return new Map(
    Object.entries(thumbprints).map(([frame, packed]) => [
      Number(frame),
      inflateRawSync(Buffer.from(packed, 'base64')),
    ]),
  )
}

/**
 * Is enough known of what was painted to verify a kept segment so? `key` looks at a kept segment's packets alone;
 * `full` compares every picture, so one that was painted with `key`, of which only the first is known, is painted
 * again. A segment painted with `full` keeps a thumbprint of every frame: a mark that it once passed would prove
 * nothing about the pictures that lie there now.
 */
export function isVerifiable({ thumbprints, frames }: SegmentManifest, verify: 'key' | 'full'): boolean {
  return verify === 'key' || Object.keys(thumbprints).length === frames
}
