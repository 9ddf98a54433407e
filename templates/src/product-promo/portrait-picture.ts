import { createCanvas } from '@napi-rs/canvas'

/** A drawn face in flat colours. A JPEG. */
export function paintPortrait(size: number): Uint8Array {
  const canvas = createCanvas(size, size)
  const context = canvas.getContext('2d')
  const unit = size / 100
  const disc = (x: number, y: number, rx: number, ry: number, color: string) => {
    context.fillStyle = color
    context.beginPath()
    context.ellipse(x * unit, y * unit, rx * unit, ry * unit, 0, 0, Math.PI * 2)
    context.fill()
  }
  const ground = context.createLinearGradient(0, 0, 0, size)
  ground.addColorStop(0, '#f7b48a')
  ground.addColorStop(1, '#ef7f5f')
  context.fillStyle = ground
  context.fillRect(0, 0, size, size)
  disc(50, 44, 29, 31, '#2b1a3c')
  disc(50, 66, 27, 24, '#2b1a3c')
  disc(50, 112, 42, 38, '#3a2bc4')
  context.fillStyle = '#e0a27e'
  context.fillRect(42 * unit, 58 * unit, 16 * unit, 20 * unit)
  disc(50, 76, 8, 6, '#e0a27e')
  disc(50, 47, 19, 23, '#f1bb97')
  context.fillStyle = '#2b1a3c'
  context.beginPath()
  context.moveTo(29 * unit, 46 * unit)
  context.quadraticCurveTo(31 * unit, 20 * unit, 54 * unit, 22 * unit)
  context.quadraticCurveTo(72 * unit, 26 * unit, 71 * unit, 48 * unit)
  context.quadraticCurveTo(66 * unit, 34 * unit, 56 * unit, 32 * unit)
  context.quadraticCurveTo(42 * unit, 42 * unit, 29 * unit, 46 * unit)
  context.fill()
  disc(43, 49, 1.7, 2.1, '#2b1a3c')
  disc(58, 49, 1.7, 2.1, '#2b1a3c')
  disc(38.5, 56, 3.4, 2.2, '#ea9c7f')
  disc(62, 56, 3.4, 2.2, '#ea9c7f')
  context.strokeStyle = '#a8503f'
  context.lineWidth = 1.7 * unit
  context.lineCap = 'round'
  context.beginPath()
  context.arc(50.5 * unit, 56 * unit, 6 * unit, Math.PI * 0.18, Math.PI * 0.82)
  context.stroke()
  return canvas.toBuffer('image/jpeg', 88)
}
