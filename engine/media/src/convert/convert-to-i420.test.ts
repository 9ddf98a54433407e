import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createI420Converter } from './convert-to-i420.ts'

// The same arithmetic in plain JavaScript, pixel by pixel.
function convertSlowly(rgba: Buffer, width: number, height: number) {
  const [cw, ch] = [(width + 1) >> 1, (height + 1) >> 1]
  const planes = [Buffer.alloc(width * height), Buffer.alloc(cw * ch), Buffer.alloc(cw * ch)] as const
  const channel = (x: number, y: number, c: number) =>
    rgba[(Math.min(y, height - 1) * width + Math.min(x, width - 1)) * 4 + c] ?? 0
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const luma = channel(x, y, 0) * 5983 + channel(x, y, 1) * 20127 + channel(x, y, 2) * 2032
      planes[0][y * width + x] = (luma + (16 << 15) + (1 << 14)) >> 15
    }
  for (let y = 0; y < ch; y++)
    for (let x = 0; x < cw; x++) {
      const sum = (c: number) =>
        channel(2 * x, 2 * y, c) +
        channel(2 * x + 1, 2 * y, c) +
        channel(2 * x, 2 * y + 1, c) +
        channel(2 * x + 1, 2 * y + 1, c)
      const [r, g, b] = [sum(0), sum(1), sum(2)]
      const offset = (128 << 17) + (1 << 16)
      planes[1][y * cw + x] = (r * -3298 + g * -11094 + b * 14392 + offset) >> 17
      planes[2][y * cw + x] = (r * 14392 + g * -13073 + b * -1319 + offset) >> 17
    }
  return planes
}

function makeNoise(bytes: number): Buffer {
  const noise = Buffer.alloc(bytes)
  let state = 12345
  for (let i = 0; i < bytes; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    noise[i] = i % 4 === 3 ? 255 : state >>> 24
  }
  return noise
}

for (const [width, height] of [
  [64, 32],
  [66, 38],
  [1, 1],
  [16, 2],
  [17, 19],
  [30, 33],
  [202, 34],
  [1920, 1080],
] as const) {
  test(`${width}×${height} converts exactly as plain arithmetic does`, () => {
    const converter = createI420Converter(width, height)
    const rgba = makeNoise(width * height * 4)
    const planes = converter.convert(rgba).data
    for (const [index, expected] of convertSlowly(rgba, width, height).entries())
      assert.ok(planes?.[index]?.subarray(0, expected.length).equals(expected), `plane ${index}`)
    converter.close()
  })
}

test('BT.709 limited range has white at 235, black at 16 and red where the standard puts it', () => {
  const converter = createI420Converter(16, 2)
  const at = (r: number, g: number, b: number) => {
    const rgba = Buffer.alloc(16 * 2 * 4)
    for (let i = 0; i < 32; i++) rgba.set([r, g, b, 255], i * 4)
    return converter.convert(rgba).data?.map((plane) => plane[0])
  }
  assert.deepEqual(at(255, 255, 255), [235, 128, 128])
  assert.deepEqual(at(0, 0, 0), [16, 128, 128])
  assert.deepEqual(at(255, 0, 0), [63, 102, 240])
  converter.close()
})
