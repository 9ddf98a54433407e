import { type Box, centerOf } from '../../kit/box.ts'
import { easing } from '../../kit/easing.ts'
import { animate } from '../../kit/keyframes.ts'
import type { ImageAsset, Layer } from '../../kit/layer.ts'
import { imageLayer } from '../../kit/layers.ts'
import type { Mask } from '../../kit/mask.ts'
import { sway } from '../../kit/oscillate.ts'
import { roundedBox } from '../../kit/path.ts'
import { animatePath } from '../../kit/path-keyframes.ts'
import { FRAMES, LEAVE, PERIOD } from './timing.ts'

/** How a picture is framed: where, how round, when it opens; `phase` keeps neighbours from floating in step. */
export type FrameOptions = { box: Box; radius: number; enter: number; phase?: number; leave?: number }

/** A picture of a slot whose box is the frame's. */
export function framedAsset(slot: string, box: Box, file: string): ImageAsset {
  return { id: `image_${slot}`, width: Math.round(box.width), height: Math.round(box.height), file, slot }
}

/** A picture that opens from its bottom edge, settles from a larger size, floats, and closes upwards. */
export function framedPicture(name: string, image: ImageAsset, options: FrameOptions): Layer {
  const { box, enter, phase = 0, leave = LEAVE } = options
  const [x, y] = centerOf(box)
  return imageLayer(name, image, {
    masks: [opening(image, options)],
    transform: {
      position: { x, y: sway(y, box.height * 0.008, { period: PERIOD, frames: FRAMES, phase }) },
      scale: animate([
        { at: enter, value: [118, 118] },
        { at: enter + 40, value: [100, 100], ease: easing.emphasised },
        { at: leave, value: [100, 100], hold: true },
        { at: leave + 14, value: [108, 108], ease: easing.accelerate },
      ]),
    },
  })
}

function opening({ width, height }: ImageAsset, { radius, enter, leave = LEAVE }: FrameOptions): Mask {
  const whole = { x: 0, y: 0, width, height }
  return {
    path: animatePath([
      { at: enter, path: roundedBox({ x: width * 0.2, y: height, width: width * 0.6, height: 0 }, radius) },
      { at: enter + 26, path: roundedBox(whole, radius), ease: easing.emphasised },
      { at: leave, path: roundedBox(whole, radius), ease: easing.linear },
      {
        at: leave + 14,
        path: roundedBox({ x: width * 0.1, y: 0, width: width * 0.8, height: 0 }, radius),
        ease: easing.leave,
      },
    ]),
  }
}
