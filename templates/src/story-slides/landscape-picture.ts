import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { seedRandom } from '../../kit/seed-random.ts'

/** A drawn landscape: sky from top to bottom, a sun or moon, and ranges from far to near. Shares of the picture. */
export type LandscapePicture = {
  width: number
  height: number
  sky: readonly string[]
  sun: { x: number; y: number; radius: number; color: string }
  ranges: readonly string[]
  horizon: number
  seed: number
  stars?: boolean
  water?: string
}

/** Draws a landscape. */
export function drawLandscape(picture: LandscapePicture) {
  const { width, height, sky, sun, ranges, horizon } = picture
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const air = context.createLinearGradient(0, 0, 0, height * (horizon + 0.1))
  for (const [index, color] of sky.entries()) air.addColorStop(index / (sky.length - 1), color)
  context.fillStyle = air
  context.fillRect(0, 0, width, height)
  const random = seedRandom(picture.seed)
  if (picture.stars) paintStars(context, picture, random)
  const short = Math.min(width, height)
  for (const [share, alpha] of [
    [3.2, '22'],
    [2.1, '33'],
    [1, 'ff'],
  ] as const) {
    context.fillStyle = `${sun.color}${alpha}`
    context.beginPath()
    context.arc(sun.x * width, sun.y * height, sun.radius * short * share, 0, Math.PI * 2)
    context.fill()
  }
  if (picture.water) {
    context.fillStyle = picture.water
    context.fillRect(0, horizon * height, width, height)
  }
  for (const [index, color] of ranges.entries()) paintRange(context, picture, index, color, random)
  return canvas
}

/** A landscape as a JPEG. */
export function paintLandscape(picture: LandscapePicture): Uint8Array {
  return drawLandscape(picture).toBuffer('image/jpeg', 84)
}

function paintStars(
  context: SKRSContext2D,
  { width, height, horizon }: LandscapePicture,
  random: () => number,
): void {
  for (let star = 0; star < 130; star++) {
    context.fillStyle = `rgba(255,248,230,${(0.25 + random() * 0.7).toFixed(2)})`
    context.beginPath()
    context.arc(random() * width, random() * height * horizon, 0.8 + random() * 2, 0, Math.PI * 2)
    context.fill()
  }
}

/** A dune: a few long sines, lit on one side by a paler ridge. */
function paintRange(
  context: SKRSContext2D,
  picture: LandscapePicture,
  index: number,
  color: string,
  random: () => number,
): void {
  const { width, height, horizon, ranges } = picture
  const base = height * (horizon + ((1.06 - horizon) * index) / ranges.length)
  const swell = height * (0.028 + 0.016 * index)
  const [phase, other] = [random() * 7, random() * 7]
  const top = (x: number) =>
    base +
    swell * Math.sin((x / width) * (2.1 + index * 0.7) + phase) +
    swell * 0.45 * Math.sin((x / width) * (5.3 - index) + other)
  context.fillStyle = color
  context.beginPath()
  context.moveTo(0, height)
  for (let x = 0; x <= width; x += 4) context.lineTo(x, top(x))
  context.lineTo(width, height)
  context.closePath()
  context.fill()
  const shade = context.createLinearGradient(0, base - swell, 0, base + height * 0.2)
  shade.addColorStop(0, 'rgba(255,240,210,0.16)')
  shade.addColorStop(1, 'rgba(20,0,20,0.18)')
  context.fillStyle = shade
  context.fill()
}
