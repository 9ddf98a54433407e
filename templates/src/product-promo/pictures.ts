import { paintFace } from '../media/paint-face.ts'
import type { MadeFile } from '../package/scene-definition.ts'
import { encodeDusk } from './dusk-clip.ts'
import { paintLamp } from './lamp-picture.ts'
import { paintLogo } from './logo-picture.ts'

const customer = {
  ground: ['#f7b48a', '#ef7f5f'],
  hair: '#2b1a3c',
  skin: '#f1bb97',
  shade: '#e0a27e',
  blush: '#ea9c7f',
  shirt: '#3a2bc4',
  line: '#2b1a3c',
} as const

const amber = [255, 190, 112] as const
const dusk = { wall: ['#241a4d', '#6a4a86'], table: ['#2a1838', '#a8684f'], glow: amber } as const
const night = { wall: ['#0b0f26', '#273a68'], table: ['#0d0d1f', '#5b3c4c'], glow: [255, 170, 84] } as const
const plum = { wall: ['#3a1636', '#93506b'], table: ['#2b1226', '#c07a5c'], glow: [255, 184, 120] } as const
const sage = { wall: ['#3c5a50', '#a9bfa2'], table: ['#5a3d2a', '#c99a6b'], glow: [255, 226, 168] } as const
const day = { wall: ['#c9a98f', '#f3dfc6'], table: ['#8c6248', '#d3a57f'], glow: [255, 236, 205] } as const

/** Pictures of the package: defaults in `i/`, samples in `data/media/`. */
export const pictures: readonly MadeFile[] = [
  lamp('i/lamp-desk.jpg', { ...dusk, width: 1200, height: 1200, globe: { x: 0.5, y: 0.45, radius: 0.135 } }),
  lamp('i/lamp-night.jpg', { ...night, width: 1920, height: 1440, globe: { x: 0.5, y: 0.42, radius: 0.13 } }),
  lamp('i/lamp-shelf.jpg', { ...day, width: 1000, height: 1200, globe: { x: 0.5, y: 0.46, radius: 0.2 } }),
  { path: 'i/portrait.jpg', make: () => paintFace(400, customer) },
  { path: 'i/logo.png', make: () => paintLogo(400) },
  lamp('data/media/evening-desk.jpg', {
    ...plum,
    width: 1200,
    height: 1200,
    globe: { x: 0.5, y: 0.46, radius: 0.135 },
  }),
  lamp('data/media/reading-nook.jpg', {
    ...sage,
    width: 1200,
    height: 1200,
    globe: { x: 0.52, y: 0.46, radius: 0.14 },
  }),
  lamp('data/media/bedside.jpg', {
    ...night,
    width: 1000,
    height: 1200,
    globe: { x: 0.5, y: 0.45, radius: 0.18 },
  }),
  { path: 'data/media/customer.jpg', make: () => paintFace(400, customer) },
  { path: 'data/media/logo.png', make: () => paintLogo(400) },
  { path: 'data/media/dusk.mp4', make: encodeDusk },
]

function lamp(path: string, scene: Parameters<typeof paintLamp>[0]): MadeFile {
  return { path, make: () => paintLamp(scene) }
}
