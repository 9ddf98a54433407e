/** An sRGB colour like #1a2b3c as Lottie writes it: red, green, blue, alpha, each 0–1 and rounded to 1/10,000. */
export function parseColor(color: string): [number, number, number, number] {
  const digits = color.slice(1)
  const pairs = digits.length === 3 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? [])
  const [r = 0, g = 0, b = 0, a = 1] = pairs.map(
    (pair) => Math.round((Number.parseInt(pair, 16) / 255) * 10_000) / 10_000,
  )
  return [r, g, b, a]
}
