import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AV_PIX_FMT_RGBA, AV_PIX_FMT_YUV422P10LE, AV_PIX_FMT_YUVA420P } from 'node-av/constants'
import { createSwscaleConverter } from './convert-by-swscale.ts'

function fill(width: number, height: number, colour: readonly number[]): Buffer {
  const rgba = Buffer.alloc(width * height * 4)
  for (let i = 0; i < width * height; i++) rgba.set(colour, i * 4)
  return rgba
}

test('every premultiplied colour is divided by its alpha, rounded to the nearest', () => {
  const [width, height] = [256, 256]
  const rgba = Buffer.alloc(width * height * 4)
  for (let a = 0; a < 256; a++)
    for (let c = 0; c < 256; c++) rgba.set([Math.min(c, a), 0, a - Math.min(c, a), a], (a * 256 + c) * 4)
  const converter = createSwscaleConverter(width, height, AV_PIX_FMT_RGBA, true)
  const straight = converter.convert(rgba).data?.[0]
  assert.ok(straight)
  const divide = (c: number, a: number) => (a === 0 ? 0 : Math.floor((c * 255 + (a >> 1)) / a))
  for (let i = 0; i < rgba.length; i += 4) {
    const [r = 0, g = 0, b = 0, a = 0] = rgba.subarray(i, i + 4)
    assert.deepEqual([...straight.subarray(i, i + 4)], [divide(r, a), divide(g, a), divide(b, a), a])
  }
  converter.close()
})

test('ten-bit frames are BT.709, limited range', () => {
  const converter = createSwscaleConverter(32, 16, AV_PIX_FMT_YUV422P10LE, false)
  const first = (colour: readonly number[]) =>
    converter.convert(fill(32, 16, colour)).data?.map((plane) => plane.readUInt16LE(0))
  assert.deepEqual(first([255, 255, 255, 255]), [940, 512, 512])
  assert.deepEqual(first([0, 0, 0, 255]), [64, 512, 512])
  const red = first([255, 0, 0, 255])
  for (const [index, expected] of [250, 409, 960].entries())
    assert.ok(Math.abs((red?.[index] ?? 0) - expected) <= 2, `${red}`)
  converter.close()
})

test('transparent frames keep alpha and straight colour', () => {
  const converter = createSwscaleConverter(32, 16, AV_PIX_FMT_YUVA420P, true)
  const planes = converter.convert(fill(32, 16, [128, 0, 0, 128])).data?.map((plane) => plane[0])
  for (const [index, expected] of [63, 102, 240, 128].entries())
    assert.ok(Math.abs((planes?.[index] ?? 0) - expected) <= 1, `${planes}`)
  converter.close()
})
