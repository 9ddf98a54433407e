import type { Segment } from '../cache/segment-file.ts'

/**
 * What is wrong with a segment's packets, as far as can be told without decoding: every frame there once, its first a
 * key frame, decoding times rising. Undefined if nothing is.
 */
export function findFault(
  { manifest, stream }: Segment,
  wanted: { from: number; to: number },
): string | undefined {
  const frames = wanted.to - wanted.from
  const { packets } = stream
  if (manifest.frames !== frames) return `it holds ${manifest.frames} frames and not ${frames}`
  if (packets[0]?.key !== true) return 'it does not begin with a key frame'
  // A picture that stays may be one packet of several frames (WebP).
  let shown = 0
  for (const { pts, duration } of [...packets].sort((a, b) => a.pts - b.pts)) {
    if (pts !== shown) return `frame ${Math.min(pts, shown)} is missing or doubled`
    shown += Math.max(1, duration)
  }
  if (shown !== frames) return `its packets show ${shown} frames and not ${frames}`
  for (const [index, { dts, data }] of packets.entries()) {
    if (data.length === 0) return `packet ${index} is empty`
    if (index > 0 && dts <= packets[index - 1]!.dts) return `packet ${index} is out of order`
  }
  return undefined
}
