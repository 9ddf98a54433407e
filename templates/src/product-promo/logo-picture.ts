import { createCanvas } from '@napi-rs/canvas'

/** The sample brand's mark: a globe that rises over a table. A PNG with a transparent ground. */
export function paintLogo(size: number): Uint8Array {
  const canvas = createCanvas(size, size)
  const context = canvas.getContext('2d')
  const unit = size / 100
  context.fillStyle = '#ff8552'
  context.beginPath()
  context.arc(50 * unit, 42 * unit, 34 * unit, 0, Math.PI * 2)
  context.fill()
  context.fillStyle = '#1b1733'
  context.beginPath()
  context.roundRect(10 * unit, 84 * unit, 80 * unit, 10 * unit, 5 * unit)
  context.fill()
  context.fillStyle = '#ffffff'
  context.beginPath()
  context.arc(39 * unit, 31 * unit, 9 * unit, 0, Math.PI * 2)
  context.fill()
  return canvas.toBuffer('image/png')
}
