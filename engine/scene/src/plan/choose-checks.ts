import type { SlotCheck } from '@flatrender/contracts/engine'
import type { CompiledPiece } from '../compile/compile-piece.ts'
import type { Layer, Lottie } from '../lottie/lottie-json.ts'
import type { SlotBox } from '../measure/measure-slots.ts'
import type { Box } from '../text/layout/text-layout.ts'
import type { FrameRange } from './cut-segments.ts'

/** From what on a slot counts as seen. */
interface Bar {
  /** 0–1. */
  readonly opacity: number
  /** Share of its box on the canvas. */
  readonly onCanvas: number
  /** Shortest side of its box, pixels of the output. */
  readonly side: number
}

const SCENE_BAR: Bar = { opacity: 0.6, onCanvas: 0.5, side: 0 }
/** A transition has no quiet middle: only what stands there whole is looked at, for a wrong alarm fails a render. */
const TRANSITION_BAR: Bar = { opacity: 0.95, onCanvas: 0.99, side: 4 }
/** About so many frames of the range are looked at. */
const LOOKS = 40

/** How a composition lies in the output: its scale, and where its top left corner is, pixels. */
export interface CanvasFit {
  readonly scale: number
  readonly x: number
  readonly y: number
}

/**
 * For every slot of a piece, the one frame at which most of it should be seen: there the painted picture is looked
 * at. Slots behind masks or mattes are left out; their boxes don't say what shows. So are slots under an effect in
 * transitions, into whose time entrances fall.
 */
export function chooseChecks(
  { piece, name, lottie, boxesAt }: CompiledPiece,
  range: FrameRange,
  canvas: { readonly width: number; readonly height: number },
  fit: CanvasFit,
): SlotCheck[] {
  const isScene = piece.kind === 'scene'
  const bar = isScene ? SCENE_BAR : TRANSITION_BAR
  const scenes = name.split(' → ')
  const best = new Map<string, { weight: number; side: Side; found: { frame: number; box: SlotBox }[] }>()
  const stride = Math.max(1, Math.floor((range.to - range.from) / LOOKS))
  for (let frame = range.from; frame < range.to; frame += stride) {
    for (const box of boxesAt(frame)) {
      const share = shareOnCanvas(box.box, canvas)
      if (box.cut || box.opacity < bar.opacity || share < bar.onCanvas) continue
      if (Math.min(box.box.width, box.box.height) * fit.scale < bar.side) continue
      const side = isScene ? 'alone' : sideOf(box, lottie)
      const weight = box.opacity * share
      const known = best.get(`${side} ${box.slot}`)
      if (known === undefined || weight > known.weight + 1e-6)
        best.set(`${side} ${box.slot}`, { weight, side, found: [{ frame, box }] })
      else if (weight > known.weight - 1e-6) known.found.push({ frame, box })
    }
  }
  return [...best.values()].flatMap(({ side, found }) => {
    const { frame, box } = found[Math.ceil((found.length - 1) * REST[side])]!
    if (side !== 'alone' && hasEffect(lottie, box.layer)) return []
    const scene = scenes[side === 'coming' ? 1 : 0]!
    const { slot, kind, layer } = box
    return [{ scene, slot, kind, layer, frame, box: fitBox(box.box, fit) }]
  })
}

type Side = 'alone' | 'going' | 'coming'

/**
 * Of equally good frames, where in their row: in a scene the middle one, furthest from entrances and exits; in a
 * transition the one next to where the slot's scene is alone.
 */
const REST: Readonly<Record<Side, number>> = { alone: 0.5, going: 0, coming: 1 }

/** The going scene lies lowest. */
function sideOf({ layer }: SlotBox, { layers }: Lottie): Side {
  return layer[0] === layers.length - 1 ? 'going' : 'coming'
}

/** Does any layer on the way have an effect? A wipe, say, hides what the box says is there. */
function hasEffect(lottie: Lottie, way: readonly number[]): boolean {
  let layers: readonly Layer[] | undefined = lottie.layers
  for (const index of way) {
    const layer: Layer | undefined = layers?.[index]
    if (((layer?.ef ?? []) as readonly unknown[]).length > 0) return true
    layers = lottie.assets?.find(({ id }) => id === layer?.refId)?.layers
  }
  return false
}

function shareOnCanvas({ x, y, width, height }: Box, canvas: { width: number; height: number }): number {
  const across = Math.min(canvas.width, x + width) - Math.max(0, x)
  const down = Math.min(canvas.height, y + height) - Math.max(0, y)
  return across <= 0 || down <= 0 ? 0 : (across * down) / (width * height)
}

function fitBox({ x, y, width, height }: Box, fit: CanvasFit): SlotCheck['box'] {
  const round = (value: number) => Math.round(value * 100) / 100
  return {
    x: round(x * fit.scale + fit.x),
    y: round(y * fit.scale + fit.y),
    width: round(width * fit.scale),
    height: round(height * fit.scale),
  }
}
