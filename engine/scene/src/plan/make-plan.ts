import type {
  Container,
  PlannedPiece,
  PlannedSegment,
  RenderPlan,
  SlotCheck,
  VideoSettings,
} from '@flatrender/contracts/engine'
import { sha256Hex } from '../package/sha256.ts'
import { chooseGrid, cutSegments, type FrameRange } from './cut-segments.ts'
import { deepFreeze } from './deep-freeze.ts'
import { hashJson } from './hash-json.ts'

/** A compiled piece before it is cut. */
export interface PieceDraft {
  readonly name: string
  /** The compiled Lottie's JSON. */
  readonly json: string
  readonly step: number
  /** Frames of the whole scene or transition; the grid of cuts follows from it. */
  readonly length: number
  /** Frames of the piece that are wanted. */
  readonly range: FrameRange
  readonly checks: readonly SlotCheck[]
  readonly still: readonly (readonly [from: number, to: number])[]
}

/** Everything that a plan is made of, before anything is cut or hashed. */
export interface PlanDraft {
  readonly engine: string
  readonly container: Container
  readonly settings: VideoSettings
  readonly background: string | null
  readonly pieces: readonly PieceDraft[]
  readonly audio: string | null
}

/** Cuts and hashes. The same draft gives the same plan on every machine. */
export function makePlan(draft: PlanDraft): RenderPlan {
  const { engine, container, settings, background } = draft
  const segments: PlannedSegment[] = []
  const pieces: PlannedPiece[] = []
  let start = 0
  draft.pieces.forEach(({ name, json, step, length, range, checks, still }, piece) => {
    const lottie = sha256Hex(json)
    pieces.push({ name, lottie, step, checks, still })
    for (const { from, to } of cutSegments(range, chooseGrid(length, settings.fps))) {
      const key = keyOfSegment({ engine, lottie, step, still, from, to, settings, background })
      segments.push({ key, piece, from, to, start })
      start += to - from
    }
  })
  return deepFreeze({
    version: 1,
    engine,
    container,
    settings,
    background,
    frames: start,
    pieces,
    segments,
    audio: draft.audio,
  })
}

/** All that can change a bit of a segment. */
export interface SegmentSource
  extends Pick<RenderPlan, 'engine' | 'settings' | 'background'>,
    Pick<PlannedPiece, 'lottie' | 'step' | 'still'>,
    FrameRange {}

/** The segment key. Pictures and video frames are named by content inside the Lottie, so its hash covers them. */
export function keyOfSegment(source: SegmentSource): string {
  const { engine, lottie, step, still, from, to, settings, background } = source
  return hashJson({ engine, lottie, step, still, from, to, settings, background })
}

/** Names a plan by content. */
export function hashPlan(plan: RenderPlan): string {
  return hashJson(plan)
}
