import { findPacketFault } from '@flatrender/engine-scene'
import { headerOf, type Segment } from '../cache/segment-file.ts'

/** What is wrong with a segment's packets, as far as can be told without decoding. Undefined if nothing is. */
export function findFault(segment: Segment, wanted: { from: number; to: number }): string | undefined {
  return findPacketFault(headerOf(segment), wanted.to - wanted.from)
}
