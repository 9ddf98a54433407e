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
  if (packets.length !== frames) return `it holds ${packets.length} packets for ${frames} frames`
  if (packets[0]?.key !== true) return 'it does not begin with a key frame'
  const shown = packets.map(({ pts }) => pts).sort((a, b) => a - b)
  const missing = shown.findIndex((pts, index) => pts !== index)
  if (missing >= 0) return `frame ${missing} is missing or doubled`
  for (const [index, { dts, data }] of packets.entries()) {
    if (data.length === 0) return `packet ${index} is empty`
    if (index > 0 && dts <= packets[index - 1]!.dts) return `packet ${index} is out of order`
  }
  return undefined
}
