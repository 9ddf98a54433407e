import { encodeClip } from '../media/encode-clip.ts'
import { paintFace } from '../media/paint-face.ts'
import type { MadeFile } from '../package/scene-definition.ts'
import { drawLandscape, type LandscapePicture, paintLandscape } from './landscape-picture.ts'

const tall = { width: 1080, height: 1440 } as const

const dunes: LandscapePicture = {
  ...tall,
  sky: ['#2f3f73', '#b8617a', '#f59a62', '#ffd694'],
  sun: { x: 0.64, y: 0.44, radius: 0.085, color: '#fff0c4' },
  ranges: ['#d98a58', '#c06a48', '#96473f', '#5f2b3a'],
  horizon: 0.54,
  seed: 4,
}
const oasis: LandscapePicture = {
  ...tall,
  sky: ['#7fc6d9', '#c9e7df', '#fff0cf'],
  sun: { x: 0.3, y: 0.26, radius: 0.075, color: '#fffbe6' },
  ranges: ['#e8c58b', '#d3a566', '#6f9a6a', '#2f6a5c'],
  horizon: 0.5,
  seed: 12,
}
const night: LandscapePicture = {
  ...tall,
  sky: ['#070b24', '#18204f', '#4a3a78', '#8b5a86'],
  sun: { x: 0.36, y: 0.26, radius: 0.06, color: '#fdf4dc' },
  ranges: ['#4b3767', '#33274f', '#1f1a3a', '#0f0e24'],
  horizon: 0.58,
  seed: 23,
  stars: true,
}
const dawn: LandscapePicture = {
  ...tall,
  sky: ['#8ea6d8', '#e9b9c4', '#ffe3c2'],
  sun: { x: 0.52, y: 0.5, radius: 0.1, color: '#fff6d8' },
  ranges: ['#c79aa4', '#a9737f', '#7a4f66', '#46304f'],
  horizon: 0.56,
  seed: 31,
}

const guide = {
  ground: ['#f2b880', '#d9774f'],
  hair: '#3a2419',
  skin: '#d8a27c',
  shade: '#bf8560',
  blush: '#cc7f63',
  shirt: '#f3dcae',
  line: '#2a1710',
} as const

/** The sun goes down over the dunes, in four seconds. */
function encodeSunset(): Uint8Array {
  const frames = 120
  const draw = (frame: number) => {
    const share = (1 - Math.cos((Math.PI * frame) / (frames - 1))) / 2
    return drawLandscape({ ...dunes, width: 720, height: 960, sun: { ...dunes.sun, y: 0.36 + 0.16 * share } })
  }
  return encodeClip({ width: 720, height: 960, fps: 30, frames, draw })
}

/** The pictures of the package and of its samples, painted by us. */
export const pictures: readonly MadeFile[] = [
  { path: 'i/dunes.jpg', make: () => paintLandscape(dunes) },
  { path: 'i/oasis.jpg', make: () => paintLandscape(oasis) },
  { path: 'i/night.jpg', make: () => paintLandscape(night) },
  { path: 'i/avatar.jpg', make: () => paintFace(400, guide) },
  { path: 'data/media/dawn.jpg', make: () => paintLandscape(dawn) },
  { path: 'data/media/oasis.jpg', make: () => paintLandscape(oasis) },
  { path: 'data/media/night.jpg', make: () => paintLandscape(night) },
  { path: 'data/media/guide.jpg', make: () => paintFace(400, guide) },
  { path: 'data/media/sunset.mp4', make: encodeSunset },
]
