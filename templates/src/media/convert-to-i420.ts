import type { Canvas } from '@napi-rs/canvas'

/** A canvas as planar YUV 4:2:0, BT.709, limited range, in integers only. Width and height are even. */
export function convertToI420(canvas: Canvas, width: number, height: number): Buffer {
  const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data
  const area = width * height
  const planes = Buffer.alloc((area * 3) / 2)
  for (let at = 0; at < area; at++) {
    const [red, green, blue] = [pixels[at * 4]!, pixels[at * 4 + 1]!, pixels[at * 4 + 2]!]
    planes[at] = 16 + ((11966 * red + 40254 * green + 4064 * blue + 32768) >> 16)
  }
  for (let y = 0; y < height; y += 2)
    for (let x = 0; x < width; x += 2) {
      const [red, green, blue] = averageFour(pixels, y * width + x, width)
      const at = area + (y / 2) * (width / 2) + x / 2
      planes[at] = 128 + ((-6596 * red - 22189 * green + 28784 * blue + 32768) >> 16)
      planes[at + area / 4] = 128 + ((28784 * red - 26145 * green - 2639 * blue + 32768) >> 16)
    }
  return planes
}

function averageFour(pixels: Uint8ClampedArray, first: number, width: number): [number, number, number] {
  const corners = [first, first + 1, first + width, first + width + 1]
  const average = (channel: number) =>
    (corners.reduce((sum, corner) => sum + pixels[corner * 4 + channel]!, 0) + 2) >> 2
  return [average(0), average(1), average(2)]
}
