import { easing } from '../../kit/easing.ts'
import { animate } from '../../kit/keyframes.ts'
import type { ImageAsset, Layer } from '../../kit/layer.ts'
import { imageLayer, nullLayer, shapeLayer } from '../../kit/layers.ts'
import { sway } from '../../kit/oscillate.ts'
import { fill } from '../../kit/paint.ts'
import { polyline } from '../../kit/path.ts'
import { still } from '../../kit/property.ts'
import { ellipse, pathShape } from '../../kit/shape.ts'
import { spring } from '../../kit/spring.ts'
import { palette } from './palette.ts'
import { FRAMES, IMPACT, LEAVE, PERIOD } from './timing.ts'

/** Layers that the boolean slot `plate` shows. */
export const plateLayers = ['Plate']

/** The mark: pops at the impact, turns upright, a light passes over it, and it draws back at the end. */
export function logoLayers(place: [number, number], size: number): Layer[] {
  const rig = nullLayer('Mark', {
    transform: {
      position: { x: place[0], y: sway(place[1], size * 0.012, { period: PERIOD, frames: FRAMES }) },
      scale: animate([
        ...spring({ at: IMPACT, from: [0, 0], to: [100, 100], frames: 34, damping: 0.42 }),
        { at: LEAVE, value: [100, 100], hold: true },
        { at: LEAVE + 4, value: [106, 106], ease: easing.standard },
        { at: LEAVE + 13, value: [0, 0], ease: easing.leave },
      ]),
      rotation: animate([
        { at: IMPACT, value: -50 },
        { at: IMPACT + 28, value: 0, ease: easing.emphasised },
      ]),
    },
  })
  const room = Math.round(size)
  const image: ImageAsset = { id: 'image_logo', width: room, height: room, file: 'i/logo.png', slot: 'logo' }
  const sweep = imageLayer('Logo for the light', image, { parent: rig })
  return [
    rig,
    shapeLayer('Plate', [ellipse([0, 0], [size * 1.5, size * 1.5]), fill(still([1, 1, 1, 1]))], {
      parent: rig,
    }),
    imageLayer('Logo', image, { parent: rig }),
    light(size, rig, sweep),
  ]
}

/** A slanted band of light, cut out by the mark itself. */
function light(size: number, rig: Layer, matte: Layer): Layer {
  const [wide, high] = [size * 0.22, size * 0.9]
  const band = polyline(
    [
      [-wide, -high],
      [wide * 0.4, -high],
      [wide, high],
      [-wide * 0.4, high],
    ],
    true,
  )
  return shapeLayer('Light over the mark', [pathShape(band), fill(still([1, 1, 1, 1]), 55)], {
    parent: rig,
    matte: { layer: matte, mode: 'alpha' },
    in: IMPACT + 10,
    out: IMPACT + 38,
    transform: {
      position: animate([
        { at: IMPACT + 10, value: [-size, 0] },
        { at: IMPACT + 37, value: [size, 0], ease: easing.standard },
      ]),
    },
  })
}

/** A rule that draws itself from its middle outwards, under a name. */
export function rule([x, y]: [number, number], width: number, enter: number): Layer {
  const half = (share: number) =>
    animate([
      { at: enter, value: [0, 4] },
      { at: enter + 24, value: [width * share, 4], ease: easing.emphasised },
      { at: LEAVE, value: [width * share, 4], hold: true },
      { at: LEAVE + 10, value: [0, 4], ease: easing.accelerate },
    ])
  return shapeLayer(
    'Rule',
    [{ ty: 'rc', d: 1, p: still([0, 0]), s: half(1), r: still(2) }, fill(palette.color('accent'))],
    {
      transform: { position: [x, y] },
    },
  )
}
