import { type Keyframe, type Lottie, layerTypes } from '../lottie/lottie-json.ts'
import { isIdentity, type TimeMap } from '../timeline/time-map.ts'
import { STILL } from './still-transform.ts'
import { uniqueId } from './unique-id.ts'

/** Players reckon in 32-bit floats: without this (frames) a layer could begin a frame late. */
export const TIME_BIAS = 2e-4
/** Where a loop jumps back, the jump takes this long (frames); no frame lies in it. */
const JUMP = 1e-3
/** Of a late frame's number; players reckon in 32-bit floats, which are this coarse twice over. */
const COARSENESS = 5e-7

/** Lays the scene into a precomp whose time is remapped, unless it plays as designed. */
export function wrapTime(lottie: Lottie, map: TimeMap): Lottie {
  if (isIdentity(map) && lottie.ip === 0) return lottie
  const { layers, assets = [], ...rest } = lottie
  const id = uniqueId('scene', assets)
  return {
    ...rest,
    ip: 0,
    op: map.length,
    assets: [...assets, { id, layers }],
    layers: [
      {
        ty: layerTypes.precomp,
        ind: 1,
        refId: id,
        w: lottie.w,
        h: lottie.h,
        ip: 0,
        op: map.length,
        st: 0,
        ks: STILL,
        tm: { a: 1, k: keyframes(map, lottie.fr) },
      },
    ],
  }
}

/** Late in a long scene a jump must be longer, or its two keyframes would fall together. */
function jumpAt(frame: number): number {
  return Math.max(JUMP, frame * COARSENESS)
}

function keyframes(map: TimeMap, fr: number): Keyframe[] {
  const list: Keyframe[] = []
  map.spans.forEach((span, index) => {
    const previous = map.spans[index - 1]
    if (previous === undefined || previous.innerTo !== span.innerFrom)
      list.push(linear(span.from, span.innerFrom, fr))
    const next = map.spans[index + 1]
    const jumps = next !== undefined && next.innerFrom !== span.innerTo
    list.push(linear(jumps ? span.to - jumpAt(span.to) : span.to, span.innerTo, fr))
  })
  return list
}

function linear(t: number, frame: number, fr: number): Keyframe {
  return { t, s: [(frame + TIME_BIAS) / fr], o: { x: [0], y: [0] }, i: { x: [1], y: [1] } }
}
