import type { SlotCheck } from '@flatrender/contracts/engine'

/** Pixels this far apart in any channel (of 255) are different to the eye. */
const CONTRAST = 12
/** Share of the box's sampled pixels that must differ from its commonest colour. */
const INK = 0.002
/** Pixels between a box and the line around it: edges are soft. */
const RING = 2

/** Does something in the box stand out from the one colour around it, as words do? */
export function hasInk(pixels: Buffer, width: number, height: number, box: SlotCheck['box']): boolean {
  const samples = lookInto(pixels, width, height, box)
  if (samples === undefined) return true
  const ground = commonest(samples)
  const ink = samples.reduce((count, sample) => count + (differs(sample, ground) ? 1 : 0), 0)
  return ink >= Math.max(1, samples.length * INK)
}

/**
 * Is all around the box of one colour? Then what stands out in the box is its own; over a photo or a gradient
 * anything does. Nothing around it, as for a box that fills the frame, tells nothing.
 */
export function isGroundFlat(pixels: Buffer, width: number, height: number, box: SlotCheck['box']): boolean {
  const left = Math.floor(box.x) - RING
  const top = Math.floor(box.y) - RING
  const right = Math.ceil(box.x + box.width) + RING
  const bottom = Math.ceil(box.y + box.height) + RING
  const samples: number[] = []
  const look = (x: number, y: number) => {
    if (x >= 0 && y >= 0 && x < width && y < height) samples.push(pixels.readUInt32LE((y * width + x) * 4))
  }
  for (let x = left; x < right; x++) {
    look(x, top)
    look(x, bottom - 1)
  }
  for (let y = top; y < bottom; y++) {
    look(left, y)
    look(right - 1, y)
  }
  if (samples.length === 0) return false
  const ground = commonest(samples)
  return samples.every((sample) => !differs(sample, ground))
}

/** Is anything in the box not see-through? A plain white picture is a picture. */
export function hasPaint(pixels: Buffer, width: number, height: number, box: SlotCheck['box']): boolean {
  const samples = lookInto(pixels, width, height, box)
  return samples === undefined || samples.some((sample) => sample >>> 24 > 0)
}

/** Pixels of the box, as whole words; undefined where it lies outside. */
function lookInto(
  pixels: Buffer,
  width: number,
  height: number,
  box: SlotCheck['box'],
): number[] | undefined {
  const left = Math.max(0, Math.floor(box.x))
  const top = Math.max(0, Math.floor(box.y))
  const right = Math.min(width, Math.ceil(box.x + box.width))
  const bottom = Math.min(height, Math.ceil(box.y + box.height))
  return right <= left || bottom <= top ? undefined : sampleBox(pixels, width, left, top, right, bottom)
}

/** At most some 40,000 pixels, evenly. */
function sampleBox(
  pixels: Buffer,
  width: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number[] {
  const stride = Math.max(1, Math.floor(Math.sqrt(((right - left) * (bottom - top)) / 40_000)))
  const samples: number[] = []
  for (let y = top; y < bottom; y += stride) {
    for (let x = left; x < right; x += stride) samples.push(pixels.readUInt32LE((y * width + x) * 4))
  }
  return samples
}

function commonest(samples: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const sample of samples) counts.set(sample, (counts.get(sample) ?? 0) + 1)
  let best = samples[0] ?? 0
  for (const [sample, count] of counts) if (count > (counts.get(best) ?? 0)) best = sample
  return best
}

function differs(a: number, b: number): boolean {
  for (let shift = 0; shift < 32; shift += 8) {
    if (Math.abs(((a >>> shift) & 255) - ((b >>> shift) & 255)) > CONTRAST) return true
  }
  return false
}
