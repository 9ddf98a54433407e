const STEPS = 100

/**
 * A point on the cubic curve from `start` to `end` at a share of its *length* (0–1, beyond it along the end
 * tangents' line is clamped), as After Effects moves layers along motion paths. Undefined when the path is straight
 * and even, so that the caller interpolates per dimension.
 */
export function pointOnSpatialCurve(
  start: readonly number[],
  end: readonly number[],
  outTangent: readonly number[],
  inTangent: readonly number[],
  share: number,
): number[] | undefined {
  if (isZero(outTangent) && isZero(inTangent)) return undefined
  const point = (t: number): number[] => {
    const u = 1 - t
    return start.map((p0, axis) => {
      const p3 = end[axis] ?? p0
      const p1 = p0 + (outTangent[axis] ?? 0)
      const p2 = p3 + (inTangent[axis] ?? 0)
      return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3
    })
  }
  if (share <= 0) return point(0)
  if (share >= 1) return point(1)
  const lengths = [0]
  let previous = point(0)
  for (let step = 1; step <= STEPS; step++) {
    const next = point(step / STEPS)
    lengths.push((lengths[step - 1] ?? 0) + distance(previous, next))
    previous = next
  }
  const wanted = share * (lengths[STEPS] ?? 0)
  let step = 1
  while (step < STEPS && (lengths[step] ?? 0) < wanted) step++
  const before = lengths[step - 1] ?? 0
  const span = (lengths[step] ?? before) - before
  return point((step - 1 + (span > 0 ? (wanted - before) / span : 0)) / STEPS)
}

function isZero(tangent: readonly number[]): boolean {
  return tangent.every((value) => value === 0)
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)))
}
