/** Pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * The short side of the smallest frame of 16:9, lying or standing, that holds a picture: what plans and prices go by. 720 for
 * 1280×720, 720×1280 and 720×720; 4608 for 8192×720.
 */
export function classOfSize({ width, height }: Size): number {
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  return Math.max(short, Math.ceil((long * 9) / 16))
}
