/** The block of two pictures in which they differ most. */
export interface BlockDifference {
  /** Mean absolute difference of its red, green and blue, of 255. */
  readonly mean: number
  readonly x: number
  readonly y: number
}

/** Pixels a side; blocks at the right and the bottom may be smaller. */
const BLOCK = 16

/** Compares two RGBA pictures of one size. */
export function compareBlocks(
  one: Uint8Array,
  other: Uint8Array,
  width: number,
  height: number,
): BlockDifference {
  let worst: BlockDifference = { mean: -1, x: 0, y: 0 }
  for (let y = 0; y < height; y += BLOCK) {
    for (let x = 0; x < width; x += BLOCK) {
      const mean = differenceOf(one, other, width, {
        x,
        y,
        right: Math.min(width, x + BLOCK),
        bottom: Math.min(height, y + BLOCK),
      })
      if (mean > worst.mean) worst = { mean, x, y }
    }
  }
  return worst
}

function differenceOf(
  one: Uint8Array,
  other: Uint8Array,
  width: number,
  block: { x: number; y: number; right: number; bottom: number },
): number {
  let sum = 0
  for (let y = block.y; y < block.bottom; y++) {
    const end = (y * width + block.right) * 4
    for (let at = (y * width + block.x) * 4; at < end; at += 4) {
      for (let channel = at; channel < at + 3; channel++) sum += Math.abs(one[channel]! - other[channel]!)
    }
  }
  return sum / ((block.right - block.x) * (block.bottom - block.y) * 3)
}
