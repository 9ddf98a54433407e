import { seedRandom } from '../../kit/seed-random.ts'
import { encodeClip } from '../media/encode-clip.ts'
import { drawLamp, type LampScene } from './lamp-picture.ts'

const SIZE = 720
const FRAMES = 120

/** Four seconds of evening: the lamp warms up while the room darkens and dust drifts through its light. */
export function encodeDusk(): Uint8Array {
  const random = seedRandom(5)
  const motes = Array.from({ length: 46 }, () => ({
    x: random(),
    y: random(),
    speed: 0.3 + random() * 0.7,
    size: 0.8 + random() * 2.4,
    phase: random() * Math.PI * 2,
  }))
  const draw = (frame: number) => {
    const share = frame / (FRAMES - 1)
    const evening = (1 - Math.cos(Math.PI * share)) / 2
    const scene: LampScene = {
      width: SIZE,
      height: SIZE,
      wall: [blend([74, 84, 128], [14, 15, 40], evening), blend([176, 146, 160], [66, 54, 104], evening)],
      table: [blend([72, 56, 76], [16, 12, 28], evening), blend([168, 124, 112], [128, 74, 58], evening)],
      glow: [255, Math.round(216 - 36 * evening), Math.round(164 - 74 * evening)],
      globe: { x: 0.5, y: 0.43 - 0.012 * Math.sin(Math.PI * share), radius: 0.15 + 0.022 * evening },
      brightness: 0.9 + 0.1 * evening,
    }
    const canvas = drawLamp(scene)
    const context = canvas.getContext('2d')
    for (const { x, y, speed, size, phase } of motes) {
      const px = (x + 0.03 * Math.sin(phase + share * 4 * speed)) * SIZE
      const py = ((y - share * 0.12 * speed + 1) % 1) * SIZE
      const near = Math.max(0, 1 - Math.hypot(px / SIZE - 0.5, py / SIZE - 0.43) / 0.5)
      context.fillStyle = `rgba(255,226,184,${(near * 0.55 * evening).toFixed(3)})`
      context.beginPath()
      context.arc(px, py, size, 0, Math.PI * 2)
      context.fill()
    }
    return canvas
  }
  return encodeClip({ width: SIZE, height: SIZE, fps: 30, frames: FRAMES, draw })
}

function blend(from: readonly number[], to: readonly number[], share: number): string {
  return `rgb(${from.map((part, index) => Math.round(part + (to[index]! - part) * share)).join(',')})`
}
