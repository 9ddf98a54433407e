import path from 'node:path'
import type { PlannedPiece, PlannedSegment, RenderPlan } from '@flatrender/contracts/engine'
import type { PaintOrder } from '../paint/paint-order.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** Where a compiled Lottie lies. */
export function lottieFile(folder: string, hash: string): string {
  return path.join(folder, `${hash}.json`)
}

/** What the orders of one render have in common. */
interface OrderPlaces {
  readonly workspace: Workspace
  readonly scratch: string
  readonly videos: Readonly<Record<string, string>>
  readonly verify: 'key' | 'full'
  readonly hashFrames: boolean
}

/** Prepares to write a worker's order for any segment of the plan. */
export function createOrderWriter(
  plan: RenderPlan,
  { workspace, ...places }: OrderPlaces,
): (segment: PlannedSegment) => Omit<PaintOrder, 'output'> {
  const { settings, background } = plan
  return (segment) => {
    const piece = plan.pieces[segment.piece]!
    const file = lottieFile(workspace.lotties, piece.lottie)
    const { pictures } = workspace
    return writePaintOrder(piece, segment, { ...places, settings, background, lottieFile: file, pictures })
  }
}

/** A worker's order for a segment, without where it goes. */
export function writePaintOrder(
  { name, step, checks, still }: PlannedPiece,
  { key, from, to, start }: PlannedSegment,
  common: Pick<
    PaintOrder,
    'lottieFile' | 'settings' | 'background' | 'scratch' | 'pictures' | 'videos' | 'verify' | 'hashFrames'
  >,
): Omit<PaintOrder, 'output'> {
  const seen = checks.filter(({ frame }) => frame >= from && frame < to)
  return { ...common, key, piece: name, start, step, from, to, still, checks: seen }
}
