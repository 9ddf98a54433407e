import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'

/** The light of a lamp picture: wall from dark to light, glow and table colours. */
export type LampScene = {
  width: number
  height: number
  wall: readonly [string, string]
  table: readonly [string, string]
  glow: readonly [number, number, number]
  /** Where the globe stands (shares of the picture) and its radius as a share of the shorter side. */
  globe: { x: number; y: number; radius: number }
  /** How bright the globe is, 0…1. */
  brightness?: number
  draw?: (context: SKRSContext2D, scene: LampScene) => void
}

/** Draws a globe lamp on a table. */
export function drawLamp(scene: LampScene) {
  const { width, height } = scene
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const horizon = tableLine(scene)
  paintRoom(context, scene, horizon)
  scene.draw?.(context, scene)
  paintStand(context, scene)
  paintGlobe(context, scene)
  return canvas
}

/** A lamp picture as a JPEG. */
export function paintLamp(scene: LampScene): Uint8Array {
  return drawLamp(scene).toBuffer('image/jpeg', 82)
}

function measure({ width, height, globe }: LampScene) {
  return { x: globe.x * width, y: globe.y * height, radius: globe.radius * Math.min(width, height) }
}

function tableLine(scene: LampScene): number {
  const { y, radius } = measure(scene)
  return y + radius * 1.62
}

function paintRoom(context: SKRSContext2D, scene: LampScene, horizon: number): void {
  const { width, height, wall, table } = scene
  const { x, y, radius } = measure(scene)
  const light = context.createRadialGradient(x, y, radius * 0.5, x, y, Math.max(width, height) * 0.85)
  light.addColorStop(0, wall[1])
  light.addColorStop(1, wall[0])
  context.fillStyle = light
  context.fillRect(0, 0, width, height)
  const top = context.createRadialGradient(x, horizon, 0, x, horizon, width * 0.8)
  top.addColorStop(0, table[1])
  top.addColorStop(1, table[0])
  context.fillStyle = top
  context.fillRect(0, horizon, width, height - horizon)
  halo(context, scene, radius * 5.2, 0.5)
}

/** A soft light: transparent at its rim. */
function halo(context: SKRSContext2D, scene: LampScene, reach: number, strength: number): void {
  const { x, y } = measure(scene)
  const [red, green, blue] = scene.glow
  const power = strength * (scene.brightness ?? 1)
  const light = context.createRadialGradient(x, y, 0, x, y, reach)
  for (const [at, share] of [
    [0, 1],
    [0.25, 0.55],
    [0.55, 0.17],
    [1, 0],
  ] as const)
    light.addColorStop(at, `rgba(${red},${green},${blue},${(share * power).toFixed(3)})`)
  context.fillStyle = light
  context.fillRect(0, 0, scene.width, scene.height)
}

function paintStand(context: SKRSContext2D, scene: LampScene): void {
  const { x, y, radius } = measure(scene)
  const base = tableLine(scene) + radius * 0.12
  ovalShade(context, x, base + radius * 0.1, radius * 1.9, radius * 0.3, 'rgba(10,6,20,0.45)')
  const metal = context.createLinearGradient(x - radius * 0.62, 0, x + radius * 0.62, 0)
  for (const [at, color] of [
    [0, '#4b2f22'],
    [0.25, '#d79a62'],
    [0.42, '#ffe2b4'],
    [0.6, '#b97a48'],
    [1, '#3a2219'],
  ] as const)
    metal.addColorStop(at, color)
  context.fillStyle = metal
  context.beginPath()
  context.ellipse(x, base, radius * 0.62, radius * 0.15, 0, 0, Math.PI)
  context.lineTo(x - radius * 0.62, base - radius * 0.1)
  context.ellipse(x, base - radius * 0.1, radius * 0.62, radius * 0.15, 0, Math.PI, 0)
  context.closePath()
  context.fill()
  context.fillRect(x - radius * 0.11, y + radius * 0.8, radius * 0.22, base - y - radius * 0.88)
  context.beginPath()
  context.ellipse(x, y + radius * 0.93, radius * 0.4, radius * 0.12, 0, 0, Math.PI * 2)
  context.fill()
}

/** A shadow that fades to its rim. */
function ovalShade(
  context: SKRSContext2D,
  x: number,
  y: number,
  rx: number,
  ry: number,
  color: string,
): void {
  context.save()
  context.translate(x, y)
  context.scale(1, ry / rx)
  const shade = context.createRadialGradient(0, 0, 0, 0, 0, rx)
  shade.addColorStop(0, color)
  shade.addColorStop(1, color.replace(/[\d.]+\)$/, '0)'))
  context.fillStyle = shade
  context.fillRect(-rx, -rx, rx * 2, rx * 2)
  context.restore()
}

function paintGlobe(context: SKRSContext2D, scene: LampScene): void {
  const { x, y, radius } = measure(scene)
  const [red, green, blue] = scene.glow
  const power = scene.brightness ?? 1
  const lit = (share: number) =>
    [red, green, blue].map((part) => Math.round(255 - (255 - part) * share)).join(',')
  const glass = context.createRadialGradient(x - radius * 0.12, y - radius * 0.1, radius * 0.1, x, y, radius)
  glass.addColorStop(0, `rgb(${lit(0.04)})`)
  glass.addColorStop(0.55, `rgb(${lit(0.32)})`)
  glass.addColorStop(0.88, `rgb(${lit(0.85)})`)
  glass.addColorStop(1, `rgb(${lit(1.15)})`)
  context.fillStyle = glass
  context.beginPath()
  context.arc(x, y, radius, 0, Math.PI * 2)
  context.fill()
  const dim = context.createLinearGradient(x, y - radius, x, y + radius)
  dim.addColorStop(0, `rgba(30,16,40,${(0.75 * (1 - power)).toFixed(3)})`)
  dim.addColorStop(1, `rgba(30,16,40,${(0.95 * (1 - power)).toFixed(3)})`)
  context.fillStyle = dim
  context.fill()
  halo(context, scene, radius * 2.1, 0.34)
  ovalShade(
    context,
    x - radius * 0.36,
    y - radius * 0.46,
    radius * 0.3,
    radius * 0.2,
    'rgba(255,255,255,0.75)',
  )
}
