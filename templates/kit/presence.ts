import { easing } from './easing.ts'
import { animate, type Key } from './keyframes.ts'
import type { Property } from './property.ts'
import type { Transform } from './transform.ts'

type Point = readonly [number, number]

/** How a layer comes in, stays and goes out. Frames and pixels. */
export type Presence = {
  at: Point
  /** First frame of its entrance, and how long that takes. */
  enter: number
  enterFrames?: number
  /** First frame of its exit; absent: it stays. */
  leave?: number
  leaveFrames?: number
  /** Where it comes from and goes to, relative to its place. */
  from?: Point
  to?: Point
  /** Scale in percent that it comes in with. */
  scale?: number
  fade?: boolean
}

/** The transform of a presence: decelerating in, accelerating out, fading over the first part of the way. */
export function present(presence: Presence): Transform {
  const { at, enter, enterFrames = 26, leave, leaveFrames = 12, from = [0, 60], to = [0, -40] } = presence
  const transform: Transform = {
    position: animate([
      { at: enter, value: shift(at, from) },
      { at: enter + enterFrames, value: at, ease: easing.emphasised },
      ...leaving(leave, leaveFrames, at, shift(at, to)),
    ]),
  }
  if (presence.fade ?? true) transform.opacity = fade(enter, Math.min(enterFrames, 10), leave, leaveFrames)
  if (presence.scale !== undefined)
    transform.scale = animate([
      { at: enter, value: [presence.scale, presence.scale] },
      { at: enter + enterFrames, value: [100, 100], ease: easing.emphasised },
    ])
  return transform
}

/** Opacity from 0 to 100 and, if it leaves, back to 0. */
export function fade(enter: number, enterFrames: number, leave?: number, leaveFrames = 12): Property {
  return animate([
    { at: enter, value: 0 },
    { at: enter + enterFrames, value: 100, ease: easing.standard },
    ...leaving(leave, leaveFrames, 100, 0),
  ])
}

/** Stays until frame `leave`, then goes to a value. */
export function leaving(
  leave: number | undefined,
  frames: number,
  value: Key['value'],
  gone: Key['value'],
): Key[] {
  if (leave === undefined) return []
  return [
    { at: leave, value, hold: true },
    { at: leave + frames, value: gone, ease: easing.accelerate },
  ]
}

function shift([x, y]: Point, [dx, dy]: Point): [number, number] {
  return [x + dx, y + dy]
}
