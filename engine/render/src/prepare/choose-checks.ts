import type { Box, CompiledPiece, SlotBox } from '@flatrender/engine-scene'
import type { FrameRange } from '../plan/cut-segments.ts'
import type { SlotCheck } from '../plan/plan.ts'

/** A slot counts as seen from this opacity on, and with this share of its box on the canvas. */
const OPAQUE = 0.6
const ON_CANVAS = 0.5
/** About so many frames of the range are looked at. */
const LOOKS = 40

/** How a composition lies in the output: its scale, and where its top left corner is, pixels. */
export interface CanvasFit {
  readonly scale: number
  readonly x: number
  readonly y: number
}

/**
 * For every slot of a scene, the one frame at which most of it should be seen: there the painted picture is looked
 * at. Slots behind masks or mattes are left out; their boxes don't say what shows.
 */
export function chooseChecks(
  { piece, name, boxesAt }: CompiledPiece,
  range: FrameRange,
  canvas: { readonly width: number; readonly height: number },
  fit: CanvasFit,
): SlotCheck[] {
  if (piece.kind !== 'scene') return []
  const best = new Map<string, { weight: number; found: { frame: number; box: SlotBox }[] }>()
  const stride = Math.max(1, Math.floor((range.to - range.from) / LOOKS))
  for (let frame = range.from; frame < range.to; frame += stride) {
    for (const box of boxesAt(frame)) {
      const share = shareOnCanvas(box.box, canvas)
      if (box.cut || box.opacity < OPAQUE || share < ON_CANVAS) continue
      const weight = box.opacity * share
      const known = best.get(box.slot)
      if (known === undefined || weight > known.weight + 1e-6)
        best.set(box.slot, { weight, found: [{ frame, box }] })
      else if (weight > known.weight - 1e-6) known.found.push({ frame, box })
    }
  }
  return [...best].map(([slot, { found }]) => {
    // Of equals the middle one: furthest from entrances and exits.
    const { frame, box } = found[Math.floor(found.length / 2)]!
    return { scene: name, slot, kind: box.kind, layer: box.layer, frame, box: fitBox(box.box, fit) }
  })
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
