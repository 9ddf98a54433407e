import { evaluateScalar } from '../lottie/evaluate-property.ts'
import type { Layer, Lottie } from '../lottie/lottie-json.ts'
import { transformMatrix } from '../lottie/matrix.ts'
import { createSlotMeter, type SlotBox, transformBox } from '../measure/measure-slots.ts'
import { stillFrames } from '../timeline/time-map.ts'
import type { Piece, ScenePiece, Timeline, TransitionPiece } from '../timeline/timeline.ts'
import type { CompiledScene } from './compile-scene.ts'
import { compileTransition, type TransitionSide } from './compile-transition.ts'

/** A run of output frames and the one Lottie that paints it. */
export interface CompiledPiece {
  readonly piece: Piece
  /** For people: `intro`, `intro → outro`. */
  readonly name: string
  readonly lottie: Lottie
  /** Output frames of the Lottie that are wanted: first, and one past the last. */
  readonly from: number
  readonly to: number
  /** Output frames of the whole scene or transition. */
  readonly length: number
  /** Frames of the Lottie an output frame. */
  readonly step: number
  /** Output frames that show the same picture as the one before: a hold. */
  readonly still: readonly (readonly [from: number, to: number])[]
  /** Boxes of the slots that show at an output frame; the composition's pixels. */
  boxesAt(frame: number): SlotBox[]
}

/** What compiling a piece draws on. */
export interface PieceSource {
  readonly timeline: Timeline
  /** A scene of the timeline, compiled. */
  readonly sceneAt: (index: number) => CompiledScene
  /** Lays the watermark over a Lottie, if there is one. */
  readonly watermarked: (lottie: Lottie) => Lottie
}

/** Compiles a scene where it is alone, or a transition into one Lottie that holds both scenes. */
export function compilePiece(piece: Piece, source: PieceSource): CompiledPiece {
  return piece.kind === 'scene' ? compileAlone(piece, source) : compileOverlap(piece, source)
}

function compileAlone(piece: ScenePiece, { timeline, sceneAt, watermarked }: PieceSource): CompiledPiece {
  const { step } = timeline
  const scene = sceneAt(piece.scene)
  const { frames, map, resolved } = timeline.scenes[piece.scene]!
  const lottie = watermarked(scene.lottie)
  const above = lottie.layers.length - scene.lottie.layers.length
  const meter = createSlotMeter(scene.lottie, scene.slotLayers)
  return {
    piece,
    name: resolved.scene.id,
    lottie,
    from: piece.offset,
    to: piece.offset + piece.frames,
    length: frames,
    step,
    still: stillFrames(map, step),
    boxesAt: (frame) => meter(frame * step).map((box) => ({ ...box, layer: below(box.layer, above) })),
  }
}

function compileOverlap(
  piece: TransitionPiece,
  { timeline, sceneAt, watermarked }: PieceSource,
): CompiledPiece {
  const { step } = timeline
  const sides = [piece.scene, piece.scene + 1].map((index) => ({
    ...timeline.scenes[index]!,
    ...sceneAt(index),
  }))
  const [going, coming] = sides as [(typeof sides)[number], (typeof sides)[number]]
  const from = (going.frames - piece.frames) * step
  const goingSide: TransitionSide = { lottie: going.lottie, from }
  const comingSide: TransitionSide = { lottie: coming.lottie, from: 0 }
  const plain = compileTransition(goingSide, comingSide, piece.transition, piece.frames * step)
  const lottie = watermarked(plain)
  const above = lottie.layers.length - plain.layers.length
  const meters = [
    {
      layer: plain.layers[0]!,
      index: above,
      from: 0,
      meter: createSlotMeter(coming.lottie, coming.slotLayers),
    },
    {
      layer: plain.layers[1]!,
      index: above + 1,
      from,
      meter: createSlotMeter(going.lottie, going.slotLayers),
    },
  ]
  return {
    piece,
    name: `${going.resolved.scene.id} → ${coming.resolved.scene.id}`,
    lottie,
    from: 0,
    to: piece.frames,
    length: piece.frames,
    step,
    still: [],
    boxesAt: (frame) =>
      meters.flatMap(({ layer, index, from: start, meter }) =>
        meter(start + frame * step).map((box) => throughSide(box, layer, index, frame * step)),
      ),
  }
}

/** A watermark lies above and moves the layers down the list. */
function below(way: readonly number[], above: number): number[] {
  return way.map((index, depth) => (depth === 0 ? index + above : index))
}

/** A scene's box as its side of the transition shows it. */
function throughSide(box: SlotBox, side: Layer, index: number, time: number): SlotBox {
  return {
    ...box,
    layer: [index, ...box.layer],
    box: transformBox(transformMatrix(side.ks, time), box.box),
    opacity: (box.opacity * evaluateScalar(side.ks.o, time, 100)) / 100,
    cut: box.cut || (side.masksProperties?.length ?? 0) > 0,
  }
}
