import type { SegmentHeader } from './segment-layout.ts'

/**
 * What is wrong with a segment's packets, as far as can be told without decoding: every frame there once, its first a
 * key frame, decoding times rising. Undefined if nothing is.
 */
export function findPacketFault(
  { frames: held, packets }: SegmentHeader,
  frames: number,
): string | undefined {
  if (held !== frames) return `it holds ${held} frames and not ${frames}`
  if (packets[0]?.[3] !== 1) return 'it does not begin with a key frame'
  // A picture that stays may be one packet of several frames (WebP).
  let shown = 0
  for (const [pts, , duration] of [...packets].sort((a, b) => a[0] - b[0])) {
    if (pts !== shown) return `frame ${Math.min(pts, shown)} is missing or doubled`
    shown += Math.max(1, duration)
  }
  if (shown !== frames) return `its packets show ${shown} frames and not ${frames}`
  for (const [index, [, dts, , , bytes]] of packets.entries()) {
    if (bytes === 0) return `packet ${index} is empty`
    if (index > 0 && dts <= packets[index - 1]![1]) return `packet ${index} is out of order`
  }
  return undefined
}
