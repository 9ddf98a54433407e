import type { Transform } from '../lottie/lottie-json.ts'

/** The transform that changes nothing. */
export const STILL: Transform = {
  o: { a: 0, k: 100 },
  r: { a: 0, k: 0 },
  p: { a: 0, k: [0, 0, 0] },
  a: { a: 0, k: [0, 0, 0] },
  s: { a: 0, k: [100, 100, 100] },
}
