/** Three decimals: below what is seen, and equal wherever it is computed. Never −0. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000 + 0
}
