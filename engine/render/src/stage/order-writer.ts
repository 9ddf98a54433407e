import path from 'node:path'
import type { PlannedSegment, RenderPlan } from '@flatrender/contracts/engine'
import type { PaintOrder } from '../paint/paint-order.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** Where a compiled Lottie lies. */
export function lottieFile(folder: string, hash: string): string {
  return path.join(folder, `${hash}.json`)
}

/** Prepares to write a worker's order for any segment of the plan. */
export function createOrderWriter(
  plan: RenderPlan,
  places: {
    readonly workspace: Workspace
    readonly scratch: string
    readonly videos: Readonly<Record<string, string>>
    readonly verify: 'key' | 'full'
    readonly hashFrames: boolean
  },
): (segment: PlannedSegment) => Omit<PaintOrder, 'output'> {
  const { workspace, scratch, videos, verify, hashFrames } = places
  return ({ key, piece, from, to, start }) => {
    const { name, lottie, step, checks, still } = plan.pieces[piece]!
    return {
      key,
      piece: name,
      start,
      lottieFile: lottieFile(workspace.lotties, lottie),
      settings: plan.settings,
      background: plan.background,
      step,
      from,
      to,
      scratch,
      pictures: workspace.pictures,
      videos,
      still,
      checks: checks.filter(({ frame }) => frame >= from && frame < to),
      verify,
      hashFrames,
    }
  }
}
