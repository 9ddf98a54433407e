import {
  chooseTwinTolerance,
  compareThumbprints,
  decodePackets,
  type EncodedStream,
  type Thumbprint,
} from '@flatrender/engine-media'
import type { Segment } from '../cache/segment-file.ts'

/** How far apart two segments' pictures are. */
export interface SegmentDifference {
  /** Do they show the same, as far as two architectures may? */
  readonly same: boolean
  /** Of any cell of any frame's thumbprint, of 255. */
  readonly largestDifference: number
}

const NOTHING_ALIKE: SegmentDifference = { same: false, largestDifference: 255 }

/**
 * Compares all pictures of two segments, as they are decoded: on another architecture a sum is rounded otherwise, colours
 * differ by one here and there, and the encoder decides otherwise. What is missing, can't be decoded or has other frames is
 * like nothing.
 */
export function compareSegments(a: Segment | undefined, b: Segment | undefined): SegmentDifference {
  const [left, right] = [a && printsOf(a.stream), b && printsOf(b.stream)]
  if (left === undefined || right === undefined || left.size !== right.size) return NOTHING_ALIKE
  const tolerance = chooseTwinTolerance(a!.stream.parameters)
  let [same, largestDifference] = [true, 0]
  for (const [frame, print] of left) {
    const other = right.get(frame)
    if (other === undefined) return NOTHING_ALIKE
    const found = compareThumbprints(print, other, tolerance)
    same &&= found.same
    const { luma, chroma, alpha } = found
    largestDifference = Math.max(largestDifference, luma.worst, chroma.worst, alpha.worst)
  }
  return { same, largestDifference }
}

/** Frame → what is seen; undefined where it can't be decoded. A packet may stand for several equal frames. */
function printsOf({ parameters, packets }: EncodedStream): ReadonlyMap<number, Thumbprint> | undefined {
  const durations = new Map(packets.map(({ pts, duration }) => [pts, duration]))
  try {
    return new Map(
      decodePackets(parameters, packets, 'all').flatMap(({ pts, print }) =>
        Array.from({ length: durations.get(pts) ?? 1 }, (_, frame) => [pts + frame, print] as const),
      ),
    )
  } catch {
    // Whatever the decoder says of it: nobody would see it.
    return undefined
  }
}
