import type { Transition, TransitionDirection } from '@flatrender/contracts/template'
import {
  type Asset,
  type Json,
  type Keyframe,
  type Layer,
  type Lottie,
  layerTypes,
  type Property,
  type Transform,
} from '../lottie/lottie-json.ts'
import { STILL } from './still-transform.ts'
import { uniqueId } from './unique-id.ts'

/** One side of a transition: the compiled scene, and its own frame (template rate) at which the overlap begins. */
export interface TransitionSide {
  readonly lottie: Lottie
  readonly from: number
}

/**
 * Compiles an overlap into one Lottie that holds both scenes as precomps; `length` in frames of the template's rate.
 * The coming scene lies above the going one.
 */
export function compileTransition(
  going: TransitionSide,
  coming: TransitionSide,
  transition: Transition,
  length: number,
): Lottie {
  const { v, fr, w, h } = going.lottie
  const [goingId, goingAssets] = asPrecomp(going.lottie, 'a')
  const [comingId, comingAssets] = asPrecomp(coming.lottie, 'b')
  const motion = moveSides(transition, { width: w, height: h, length })
  const layer = (ind: number, refId: string, from: number, side: SideMotion): Layer => ({
    ty: layerTypes.precomp,
    ind,
    refId,
    w,
    h,
    ip: 0,
    op: length,
    st: -from || 0,
    ks: { ...STILL, ...side.transform },
    ...(side.mask && { hasMask: true, masksProperties: [side.mask] }),
  })
  return {
    v,
    fr,
    ip: 0,
    op: length,
    w,
    h,
    assets: [...goingAssets, ...comingAssets],
    layers: [layer(1, comingId, coming.from, motion.coming), layer(2, goingId, going.from, motion.going)],
  }
}

/** Renames the scene's assets so that two scenes never share one by accident. Pictures named by content are shared. */
function asPrecomp(lottie: Lottie, prefix: string): [string, Asset[]] {
  const rename = (id: string) => `${prefix}:${id}`
  const renameLayers = (layers: readonly Layer[]): Layer[] =>
    layers.map((layer) => (layer.refId === undefined ? layer : { ...layer, refId: rename(layer.refId) }))
  const assets = (lottie.assets ?? []).map((asset) => ({
    ...asset,
    id: rename(asset.id),
    ...(asset.layers && { layers: renameLayers(asset.layers) }),
  }))
  const id = uniqueId(rename('root'), assets)
  // A precomp's own time starts at 0, whatever the composition's first frame was.
  return [id, [...assets, { id, layers: renameLayers(lottie.layers) }]]
}

interface SideMotion {
  readonly transform?: Transform
  readonly mask?: Json
}

interface Stage {
  readonly width: number
  readonly height: number
  readonly length: number
}

function moveSides(transition: Transition, stage: Stage): { going: SideMotion; coming: SideMotion } {
  const [dx, dy] = towards(transition.direction, stage)
  switch (transition.type) {
    case 'crossfade':
      return { going: {}, coming: { transform: { o: move(stage, [0], [100], SOFT) } } }
    case 'slide':
      return {
        going: { transform: { p: move(stage, [0, 0, 0], [dx * 0.25, dy * 0.25, 0], SWIFT) } },
        coming: { transform: { p: move(stage, [-dx, -dy, 0], [0, 0, 0], SWIFT) } },
      }
    case 'push':
      return {
        going: { transform: { p: move(stage, [0, 0, 0], [dx, dy, 0], SWIFT) } },
        coming: { transform: { p: move(stage, [-dx, -dy, 0], [0, 0, 0], SWIFT) } },
      }
    case 'wipe':
      return { going: {}, coming: { mask: wipeMask(transition.direction, stage) } }
    case 'zoom':
      return {
        going: { transform: zoom(stage, 100, 130) },
        coming: { transform: { ...zoom(stage, 82, 100), o: move(stage, [0], [100], SOFT) } },
      }
    case 'cut':
      return { going: {}, coming: {} }
  }
}

/** Where `direction` points, as far as the stage is wide or high. */
function towards(direction: TransitionDirection, { width, height }: Stage): [number, number] {
  const ways: Record<TransitionDirection, [number, number]> = {
    left: [-width, 0],
    right: [width, 0],
    up: [0, -height],
    down: [0, height],
  }
  return ways[direction]
}

type Easing = readonly [x1: number, y1: number, x2: number, y2: number]
const SWIFT: Easing = [0.65, 0, 0.1, 1]
const SOFT: Easing = [0.4, 0, 0.6, 1]

/**
 * The first painted frame of the overlap has already moved and its last is not yet there: keyframes lie one frame
 * outside, so that no frame repeats its neighbour's picture.
 */
function move(stage: Stage, from: number[], to: number[], easing: Easing): Property {
  return { a: 1, k: keyframes(stage, from, to, easing) }
}

function keyframes<Value>(stage: Stage, from: Value, to: Value, [x1, y1, x2, y2]: Easing): Keyframe<Value>[] {
  return [
    { t: -1, s: from, o: { x: [x1], y: [y1] }, i: { x: [x2], y: [y2] } },
    { t: stage.length, s: to },
  ]
}

function zoom(stage: Stage, from: number, to: number): Transform {
  const centre = { a: 0, k: [stage.width / 2, stage.height / 2, 0] }
  return { a: centre, p: centre, s: move(stage, [from, from, 100], [to, to, 100], SWIFT) }
}

function wipeMask(direction: TransitionDirection, stage: Stage): Json {
  const { width: w, height: h } = stage
  const start: Record<TransitionDirection, [number, number, number, number]> = {
    left: [w, 0, w, h],
    right: [0, 0, 0, h],
    up: [0, h, w, h],
    down: [0, 0, w, 0],
  }
  const path = keyframes(stage, [rectangle(...start[direction])], [rectangle(0, 0, w, h)], SWIFT)
  return { mode: 'a', inv: false, o: { a: 0, k: 100 }, pt: { a: 1, k: path as unknown as Json } }
}

function rectangle(left: number, top: number, right: number, bottom: number): Json {
  const v = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]
  const flat = v.map(() => [0, 0])
  return { c: true, v, i: flat, o: flat }
}
