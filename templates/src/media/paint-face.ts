import { createCanvas } from '@napi-rs/canvas'

/** Colours of a drawn face. */
export type FaceColors = {
  ground: readonly [string, string]
  hair: string
  skin: string
  shade: string
  blush: string
  shirt: string
  line: string
}

/** A drawn face in flat colours. A JPEG. */
export function paintFace(size: number, colors: FaceColors): Uint8Array {
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
  ground.addColorStop(0, colors.ground[0])
  ground.addColorStop(1, colors.ground[1])
  context.fillStyle = ground
  context.fillRect(0, 0, size, size)
  disc(50, 44, 29, 31, colors.hair)
  disc(50, 66, 27, 24, colors.hair)
  disc(50, 112, 42, 38, colors.shirt)
  context.fillStyle = colors.shade
  context.fillRect(42 * unit, 58 * unit, 16 * unit, 20 * unit)
  disc(50, 76, 8, 6, colors.shade)
  disc(50, 47, 19, 23, colors.skin)
  context.fillStyle = colors.hair
  context.beginPath()
  context.moveTo(29 * unit, 46 * unit)
  context.quadraticCurveTo(31 * unit, 20 * unit, 54 * unit, 22 * unit)
  context.quadraticCurveTo(72 * unit, 26 * unit, 71 * unit, 48 * unit)
  context.quadraticCurveTo(66 * unit, 34 * unit, 56 * unit, 32 * unit)
  context.quadraticCurveTo(42 * unit, 42 * unit, 29 * unit, 46 * unit)
  context.fill()
  disc(43, 49, 1.7, 2.1, colors.line)
  disc(58, 49, 1.7, 2.1, colors.line)
  disc(38.5, 56, 3.4, 2.2, colors.blush)
  disc(62, 56, 3.4, 2.2, colors.blush)
  context.strokeStyle = colors.line
  context.lineWidth = 1.7 * unit
  context.lineCap = 'round'
  context.beginPath()
  context.arc(50.5 * unit, 56 * unit, 6 * unit, Math.PI * 0.18, Math.PI * 0.82)
  context.stroke()
  return canvas.toBuffer('image/jpeg', 88)
}
