import { createCanvas } from '@napi-rs/canvas'

/** Two colours for each half of the mark. */
export type MarkColors = { left: string; right: string; star: string }

/** A mark that works on dark and light: a mountain of two facets under a star. A PNG without a ground. */
export function paintMark(size: number, { left, right, star }: MarkColors): Uint8Array {
  const canvas = createCanvas(size, size)
  const context = canvas.getContext('2d')
  context.scale(size / 100, size / 100)
  const facet = (color: string, points: readonly (readonly [number, number])[]) => {
    context.fillStyle = color
    context.strokeStyle = color
    context.lineWidth = 5
    context.lineJoin = 'round'
    context.beginPath()
    for (const [x, y] of points) context.lineTo(x, y)
    context.closePath()
    context.fill()
    context.stroke()
  }
  facet(right, [
    [52, 30],
    [92, 92],
    [52, 76],
  ])
  facet(left, [
    [48, 30],
    [48, 76],
    [8, 92],
  ])
  context.fillStyle = star
  context.beginPath()
  for (let point = 0; point < 8; point++) {
    const radius = point % 2 === 0 ? 13 : 4.4
    const angle = (point * Math.PI) / 4 - Math.PI / 2
    context.lineTo(50 + Math.cos(angle) * radius, 13 + Math.sin(angle) * radius)
  }
  context.closePath()
  context.fill()
  return canvas.toBuffer('image/png')
}
