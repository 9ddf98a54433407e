/** An exact ratio, such as a frame rate of 30000/1001 frames a second. Both are positive integers. */
export interface Rational {
  readonly num: number
  readonly den: number
}

/** Reads "30", "29.97", "30000/1001" or a number; 23.976, 29.97 and 59.94 become their exact NTSC rates. */
export function parseRational(value: string | number): Rational | undefined {
  const text = String(value).trim()
  const ratio = /^(\d+)\/(\d+)$/.exec(text)
  if (ratio) return reduce(Number(ratio[1]), Number(ratio[2]))
  const decimal = Number(text)
  if (text === '' || !Number.isFinite(decimal) || decimal <= 0) return undefined
  for (const base of [24, 30, 48, 60, 120]) {
    if (decimal !== base && Math.abs(decimal - (base * 1000) / 1001) < 0.005)
      return { num: base * 1000, den: 1001 }
  }
  return reduce(Math.round(decimal * 1000), 1000)
}

/** The ratio as a floating-point number: frames a second, for a frame rate. */
export function toNumber(ratio: Rational): number {
  return ratio.num / ratio.den
}

/** Video libraries reckon with 32-bit ratios, and multiply them. */
const MOST = 1_000_000

function reduce(num: number, den: number): Rational | undefined {
  if (Math.max(num, den) > MOST) return undefined
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || num <= 0 || den <= 0) return undefined
  let [a, b] = [num, den]
  while (b !== 0) [a, b] = [b, a % b]
  return { num: num / a, den: den / a }
}
