import { isAnimated } from '../../lottie/evaluate-property.ts'
import type { Keyframe, Property, TextData } from '../../lottie/lottie-json.ts'

/**
 * First and last frame between which a text's animators change anything, within `from` to `to`; equal frames when
 * they never do.
 */
export function animatedFrames(text: TextData, from: number, to: number): { first: number; last: number } {
  const times: number[] = []
  const look = (property: Property | undefined): void => {
    if (property === undefined || !isAnimated(property)) return
    for (const keyframe of property.k as Keyframe[]) times.push(keyframe.t)
  }
  for (const { s, a } of text.a ?? []) {
    for (const property of [s?.s, s?.e, s?.o, s?.a, s?.xe, s?.ne, s?.sm]) look(property)
    for (const property of Object.values(a ?? {})) look(property)
  }
  look(text.m?.a)
  const clamp = (frame: number): number => Math.min(Math.max(frame, from), Math.max(from, to))
  if (times.length === 0) return { first: from, last: from }
  return {
    first: clamp(Math.floor(Math.min(...times))),
    last: clamp(Math.ceil(Math.max(...times))),
  }
}
