/**
 * Solves an easing curve through (0,0) and (1,1) with handles (x1,y1), (x2,y2) for the y at a given x, as CSS
 * `cubic-bezier()` does. x is clamped to 0–1; y may overshoot. Newton's method, then bisection where it is flat.
 */
export function solveCubicBezier(x1: number, y1: number, x2: number, y2: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x1 === y1 && x2 === y2) return x
  return at(y1, y2, parameterAt(x1, x2, x))
}

function at(a: number, b: number, t: number): number {
  const u = 1 - t
  return 3 * u * u * t * a + 3 * u * t * t * b + t * t * t
}

function slope(a: number, b: number, t: number): number {
  const u = 1 - t
  return 3 * u * u * a + 6 * u * t * (b - a) + 3 * t * t * (1 - b)
}

function parameterAt(x1: number, x2: number, x: number): number {
  let t = x
  for (let i = 0; i < 8; i++) {
    const error = at(x1, x2, t) - x
    if (Math.abs(error) < 1e-7) return t
    const d = slope(x1, x2, t)
    if (Math.abs(d) < 1e-6) break
    t -= error / d
  }
  let low = 0
  let high = 1
  t = x
  for (let i = 0; i < 40 && high - low > 1e-9; i++) {
    if (at(x1, x2, t) < x) low = t
    else high = t
    t = (low + high) / 2
  }
  return t
}
