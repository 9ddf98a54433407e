import { evaluateProperty, evaluateScalar } from './evaluate-property.ts'
import type { Transform } from './lottie-json.ts'

/** A 2D affine map: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export interface Matrix {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

/** Leaves every point where it is. */
export const IDENTITY: Matrix = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }

/** Applies `inner` first, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  return {
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    e: outer.a * inner.e + outer.c * inner.f + outer.e,
    f: outer.b * inner.e + outer.d * inner.f + outer.f,
  }
}

/** Where a point comes to lie. */
export function applyMatrix(m: Matrix, x: number, y: number): [number, number] {
  return [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]
}

/** A layer's or group's transform at a frame: anchor, scale, skew, rotation, position, in Lottie's order. */
export function transformMatrix(transform: Transform, frame: number): Matrix {
  const anchor = evaluateProperty(transform.a, frame, [0, 0])
  const position = evaluateProperty(transform.p, frame, [0, 0])
  const scale = evaluateProperty(transform.s, frame, [100, 100])
  const rotation = (evaluateScalar(transform.r ?? transform.rz, frame, 0) * Math.PI) / 180
  const skew = (evaluateScalar(transform.sk, frame, 0) * Math.PI) / 180
  const skewAxis = (evaluateScalar(transform.sa, frame, 0) * Math.PI) / 180
  let m = multiply(translate(position[0] ?? 0, position[1] ?? 0), rotate(rotation))
  if (skew !== 0) {
    const tilt: Matrix = { a: 1, b: 0, c: Math.tan(-skew), d: 1, e: 0, f: 0 }
    m = multiply(m, multiply(rotate(skewAxis), multiply(tilt, rotate(-skewAxis))))
  }
  m = multiply(m, { a: (scale[0] ?? 100) / 100, b: 0, c: 0, d: (scale[1] ?? 100) / 100, e: 0, f: 0 })
  return multiply(m, translate(-(anchor[0] ?? 0), -(anchor[1] ?? 0)))
}

/** A transform whose numbers are known: scale in parts of one, rotation in degrees. */
export interface Pose {
  readonly anchorX: number
  readonly anchorY: number
  readonly x: number
  readonly y: number
  readonly scaleX: number
  readonly scaleY: number
  readonly rotation: number
}

/** The same for numbers that are known, which is many times as quick. */
export function poseMatrix({ anchorX, anchorY, x, y, scaleX, scaleY, rotation }: Pose): Matrix {
  const turned = multiply(translate(x, y), rotate((rotation * Math.PI) / 180))
  // By way of percent, as Lottie has it: the last bit is the same.
  const scaled = multiply(turned, {
    a: (scaleX * 100) / 100,
    b: 0,
    c: 0,
    d: (scaleY * 100) / 100,
    e: 0,
    f: 0,
  })
  return multiply(scaled, translate(-anchorX, -anchorY))
}

function translate(x: number, y: number): Matrix {
  return { a: 1, b: 0, c: 0, d: 1, e: x, f: y }
}

function rotate(radians: number): Matrix {
  const cos = Math.cos(radians)
  const sin = Math.sin(radians)
  return { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 }
}
