/** Rounds to `digits` decimals, so that emitted files are short and the same on every machine. Never −0. */
export function round(value: number, digits = 3): number {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`)
  const scale = 10 ** digits
  return Math.round(value * scale) / scale + 0
}

/** Rounds a number or each number of a vector. */
export function roundValue(value: Value, digits = 3): number | number[] {
  return typeof value === 'number' ? round(value, digits) : value.map((part) => round(part, digits))
}

/** What a Lottie property holds at one moment: a scalar or a vector. */
export type Value = number | readonly number[]
