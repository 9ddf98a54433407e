// biome-ignore-all lint/style/useConst: a constant would be folded into the loops, see below.
// @ts-nocheck: this file is AssemblyScript (v128, usize, load<T>…), compiled by `asc`, not by tsc or Node.
//
// The pixel loops that cost the most. Memory belongs to the caller, who passes byte offsets into it.

// BT.709 limited range in fractions of 1 << 15. Luma: Kr .2126, Kb .0722, scaled by 219/255; chroma:
// (B − Y) / 1.8556 and (R − Y) / 1.5748, scaled by 224/255 (ITU-R BT.709-6, sections 3 and 4).
const YR: i16 = 5983
const YG: i16 = 20127
const YB: i16 = 2032
const UR: i16 = -3298
const UG: i16 = -11094
const UB: i16 = 14392
const VR: i16 = 14392
const VG: i16 = -13073
const VB: i16 = -1319

const LUMA_OFFSET: i32 = (16 << 15) + (1 << 14)
// Chroma coefficients meet the sum of four pixels, so their fraction has two bits more.
const CHROMA_OFFSET: i32 = (128 << 17) + (1 << 16)

/**
 * Converts `rows` rows of opaque RGBA (tight: `width` × 4 bytes a row) to I420, chroma averaged over 2×2.
 * Strides are in bytes. An odd last row or column counts twice; `rows` is odd at the picture's bottom only.
 */
export function convertRows(
  rgba: usize,
  luma: usize,
  cb: usize,
  cr: usize,
  width: i32,
  rows: i32,
  lumaStride: i32,
  chromaStride: i32,
): void {
  const stride = width << 2
  const blocks = width & ~15
  for (let y = 0; y < rows; y += 2) {
    const below = y + 1 < rows ? 1 : 0
    const top = rgba + y * stride
    const bottom = top + below * stride
    const lumaTop = luma + y * lumaStride
    const lumaBottom = lumaTop + below * lumaStride
    const u = cb + (y >> 1) * chromaStride
    const v = cr + (y >> 1) * chromaStride
    convertBlocks(top, bottom, lumaTop, lumaBottom, u, v, blocks)
    for (let x = blocks; x < width; x += 2)
      convertQuad(top, bottom, lumaTop, lumaBottom, u, v, x, min(x + 1, width - 1))
  }
}

// The coefficients of two channels as one lane of 32 bits. Exported, so that they count as variables: V8 builds a
// vector constant anew at each use, inside the loop, and takes half as long again; a splat before the loop stays.
let redBlueLuma: i32 = pair(YR, YB)
let greenLuma: i32 = pair(YG, 0)
let redBlueCb: i32 = pair(UR, UB)
let greenCb: i32 = pair(UG, 0)
let redBlueCr: i32 = pair(VR, VB)
let greenCr: i32 = pair(VG, 0)
let lowBytes: i32 = 0x00ff00ff
let lumaOffset: i32 = LUMA_OFFSET
let chromaOffset: i32 = CHROMA_OFFSET

export { chromaOffset, greenCb, greenCr, greenLuma, lowBytes, lumaOffset, redBlueCb, redBlueCr, redBlueLuma }

function pair(even: i16, odd: i16): i32 {
  return (even & 0xffff) | ((odd as i32) << 16)
}

function convertBlocks(
  top: usize,
  bottom: usize,
  lumaTop: usize,
  lumaBottom: usize,
  u: usize,
  v: usize,
  width: i32,
): void {
  const yRb = i32x4.splat(redBlueLuma)
  const yG = i32x4.splat(greenLuma)
  const uRb = i32x4.splat(redBlueCb)
  const uG = i32x4.splat(greenCb)
  const vRb = i32x4.splat(redBlueCr)
  const vG = i32x4.splat(greenCr)
  const low = i32x4.splat(lowBytes)
  const yOffset = i32x4.splat(lumaOffset)
  const cOffset = i32x4.splat(chromaOffset)
  let flat = ~load<i32>(top)
  let flatLuma = yOffset
  let flatCb: i64 = 0
  let flatCr: i64 = 0
  for (let x = 0; x < width; x += 16) {
    const a = top + (x << 2)
    const b = bottom + (x << 2)
    // Most of a drawn picture is of one colour: what came of it is stored again.
    const pixel = load<i32>(a)
    if (isFlat(a, b, pixel)) {
      if (pixel !== flat) {
        flat = pixel
        flatLuma = i8x16.splat(lumaOfOne(pixel) as i8)
        flatCb = i64x2.extract_lane(
          i8x16.splat(cbOfFour(4 * (pixel & 255), 4 * ((pixel >> 8) & 255), 4 * ((pixel >> 16) & 255)) as i8),
          0,
        )
        flatCr = i64x2.extract_lane(
          i8x16.splat(crOfFour(4 * (pixel & 255), 4 * ((pixel >> 8) & 255), 4 * ((pixel >> 16) & 255)) as i8),
          0,
        )
      }
      v128.store(lumaTop + x, flatLuma)
      v128.store(lumaBottom + x, flatLuma)
      store<i64>(u + (x >> 1), flatCb)
      store<i64>(v + (x >> 1), flatCr)
      continue
    }
    // Eight pixels of two rows at a time; red and blue share one vector of 16-bit lanes, green and alpha the other.
    let p = v128.load(a)
    let q = v128.load(a, 16)
    let rb0 = v128.and(p, low)
    let ga0 = i16x8.shr_u(p, 8)
    let rb1 = v128.and(q, low)
    let ga1 = i16x8.shr_u(q, 8)
    const topLeft = i16x8.narrow_i32x4_s(
      lumaOf(rb0, ga0, yRb, yG, yOffset),
      lumaOf(rb1, ga1, yRb, yG, yOffset),
    )
    p = v128.load(b)
    q = v128.load(b, 16)
    let rbBelow = v128.and(p, low)
    let gaBelow = i16x8.shr_u(p, 8)
    const y0 = lumaOf(rbBelow, gaBelow, yRb, yG, yOffset)
    rb0 = i16x8.add(rb0, rbBelow)
    ga0 = i16x8.add(ga0, gaBelow)
    rbBelow = v128.and(q, low)
    gaBelow = i16x8.shr_u(q, 8)
    const bottomLeft = i16x8.narrow_i32x4_s(y0, lumaOf(rbBelow, gaBelow, yRb, yG, yOffset))
    rb1 = i16x8.add(rb1, rbBelow)
    ga1 = i16x8.add(ga1, gaBelow)
    const rbLeft = addNeighbours(rb0, rb1)
    const gaLeft = addNeighbours(ga0, ga1)
    const uLeft = chromaOf(rbLeft, gaLeft, uRb, uG, cOffset)
    const vLeft = chromaOf(rbLeft, gaLeft, vRb, vG, cOffset)

    p = v128.load(a, 32)
    q = v128.load(a, 48)
    rb0 = v128.and(p, low)
    ga0 = i16x8.shr_u(p, 8)
    rb1 = v128.and(q, low)
    ga1 = i16x8.shr_u(q, 8)
    const topRight = i16x8.narrow_i32x4_s(
      lumaOf(rb0, ga0, yRb, yG, yOffset),
      lumaOf(rb1, ga1, yRb, yG, yOffset),
    )
    v128.store(lumaTop + x, i8x16.narrow_i16x8_u(topLeft, topRight))
    p = v128.load(b, 32)
    q = v128.load(b, 48)
    rbBelow = v128.and(p, low)
    gaBelow = i16x8.shr_u(p, 8)
    const y1 = lumaOf(rbBelow, gaBelow, yRb, yG, yOffset)
    rb0 = i16x8.add(rb0, rbBelow)
    ga0 = i16x8.add(ga0, gaBelow)
    rbBelow = v128.and(q, low)
    gaBelow = i16x8.shr_u(q, 8)
    const bottomRight = i16x8.narrow_i32x4_s(y1, lumaOf(rbBelow, gaBelow, yRb, yG, yOffset))
    v128.store(lumaBottom + x, i8x16.narrow_i16x8_u(bottomLeft, bottomRight))
    rb1 = i16x8.add(rb1, rbBelow)
    ga1 = i16x8.add(ga1, gaBelow)
    const rbRight = addNeighbours(rb0, rb1)
    const gaRight = addNeighbours(ga0, ga1)
    const us = i16x8.narrow_i32x4_s(uLeft, chromaOf(rbRight, gaRight, uRb, uG, cOffset))
    const vs = i16x8.narrow_i32x4_s(vLeft, chromaOf(rbRight, gaRight, vRb, vG, cOffset))
    const uv = i8x16.narrow_i16x8_u(us, vs)
    v128.store64_lane(u + (x >> 1), uv, 0)
    v128.store64_lane(v + (x >> 1), uv, 1)
  }
}

// Are sixteen pixels of two rows all this one?
function isFlat(top: usize, bottom: usize, pixel: i32): bool {
  const one = i32x4.splat(pixel)
  const upper = v128.or(
    v128.or(v128.xor(v128.load(top), one), v128.xor(v128.load(top, 16), one)),
    v128.or(v128.xor(v128.load(top, 32), one), v128.xor(v128.load(top, 48), one)),
  )
  const lower = v128.or(
    v128.or(v128.xor(v128.load(bottom), one), v128.xor(v128.load(bottom, 16), one)),
    v128.or(v128.xor(v128.load(bottom, 32), one), v128.xor(v128.load(bottom, 48), one)),
  )
  return !v128.any_true(v128.or(upper, lower))
}

function lumaOf(rb: v128, ga: v128, kRb: v128, kG: v128, offset: v128): v128 {
  return i32x4.shr_s(i32x4.add(i32x4.add(i32x4.dot_i16x8_s(rb, kRb), i32x4.dot_i16x8_s(ga, kG)), offset), 15)
}

// A pixel is one 32-bit lane (two channels): adds lanes 0+1, 2+3 of `left`, then of `right`.
function addNeighbours(left: v128, right: v128): v128 {
  return i16x8.add(v128.shuffle<i32>(left, right, 0, 2, 4, 6), v128.shuffle<i32>(left, right, 1, 3, 5, 7))
}

function chromaOf(rb: v128, ga: v128, kRb: v128, kG: v128, offset: v128): v128 {
  return i32x4.shr_s(i32x4.add(i32x4.add(i32x4.dot_i16x8_s(rb, kRb), i32x4.dot_i16x8_s(ga, kG)), offset), 17)
}

// Two pixels of two rows, for what is left when the width is no multiple of 16.
function convertQuad(
  top: usize,
  bottom: usize,
  lumaTop: usize,
  lumaBottom: usize,
  u: usize,
  v: usize,
  x: i32,
  next: i32,
): void {
  const p = load<u32>(top + (x << 2))
  const q = load<u32>(top + (next << 2))
  const r = load<u32>(bottom + (x << 2))
  const s = load<u32>(bottom + (next << 2))
  store<u8>(lumaTop + x, lumaOfOne(p))
  store<u8>(lumaTop + next, lumaOfOne(q))
  store<u8>(lumaBottom + x, lumaOfOne(r))
  store<u8>(lumaBottom + next, lumaOfOne(s))
  const red = (p & 255) + (q & 255) + (r & 255) + (s & 255)
  const green = ((p >> 8) & 255) + ((q >> 8) & 255) + ((r >> 8) & 255) + ((s >> 8) & 255)
  const blue = ((p >> 16) & 255) + ((q >> 16) & 255) + ((r >> 16) & 255) + ((s >> 16) & 255)
  store<u8>(u + (x >> 1), cbOfFour(red, green, blue))
  store<u8>(v + (x >> 1), crOfFour(red, green, blue))
}

// Chroma of the sums of four pixels.
function cbOfFour(red: i32, green: i32, blue: i32): i32 {
  return (red * UR + green * UG + blue * UB + CHROMA_OFFSET) >> 17
}

function crOfFour(red: i32, green: i32, blue: i32): i32 {
  return (red * VR + green * VG + blue * VB + CHROMA_OFFSET) >> 17
}

function lumaOfOne(pixel: i32): i32 {
  return ((pixel & 255) * YR + ((pixel >> 8) & 255) * YG + ((pixel >> 16) & 255) * YB + LUMA_OFFSET) >> 15
}

/**
 * Premultiplied RGBA → straight RGBA, in place: floor((c × 255 + ⌊a / 2⌋) / a), at most 255; nothing stays
 * of a colour under zero alpha. `pixels` is a multiple of 4. The division is exact: quotients of such small
 * integers are further from the next integer than a float's rounding reaches.
 */
export function unpremultiply(rgba: usize, pixels: i32): void {
  const opaque = i32x4.splat(0xff)
  const end = rgba + (pixels << 2)
  for (let at = rgba; at < end; at += 16) {
    const four = v128.load(at)
    const alpha = i32x4.shr_u(four, 24)
    if (i32x4.all_true(i32x4.eq(alpha, opaque))) continue
    if (!v128.any_true(four)) continue
    const half = i32x4.shr_u(alpha, 1)
    const divisor = f32x4.convert_i32x4_s(i32x4.max_u(alpha, i32x4.splat(1)))
    const red = straighten(v128.and(four, opaque), half, divisor)
    const green = straighten(v128.and(i32x4.shr_u(four, 8), opaque), half, divisor)
    const blue = straighten(v128.and(i32x4.shr_u(four, 16), opaque), half, divisor)
    const colour = v128.or(red, v128.or(i32x4.shl(green, 8), i32x4.shl(blue, 16)))
    const visible = i32x4.ne(alpha, i32x4.splat(0))
    v128.store(at, v128.or(v128.and(colour, visible), i32x4.shl(alpha, 24)))
  }
}

function straighten(channel: v128, half: v128, divisor: v128): v128 {
  const scaled = i32x4.add(i32x4.mul(channel, i32x4.splat(255)), half)
  const quotient = i32x4.trunc_sat_f32x4_s(f32x4.div(f32x4.convert_i32x4_s(scaled), divisor))
  return i32x4.min_u(quotient, i32x4.splat(255))
}
