import type { ChosenOutput } from '@flatrender/contracts/render'
import { chooseRange, type PlannedStory, type Story } from '@flatrender/engine-scene'
import type { StoredPackage } from './stored-package.ts'

/** What decides under whom a piece is kept. */
export interface KeptPieces {
  readonly tenantId: string
  readonly stored: StoredPackage
  readonly story: Story
  readonly output: ChosenOutput
  readonly modifications: Readonly<Record<string, unknown>>
  readonly timeline: PlannedStory['timeline']
}

/**
 * For each piece of a plan the tenant that keeps it: the publishing one where the template is shared and nobody put anything
 * of their own into its scenes, so that it is painted once for all; else the render's.
 */
export function chooseKeepers({
  tenantId,
  stored,
  story,
  output,
  modifications,
  timeline,
}: KeptPieces): string[] {
  const { from, to } = chooseRange(output.range ?? undefined, timeline.frames, output.fps)
  const { palette, watermark } = modifications
  const plain = stored.shared && typeof palette !== 'object' && watermark === undefined
  // Without scenes or values of one's own, what stands in the slots is the template's preset.
  const preset = Object.keys(modifications).every((key) =>
    ['$schema', 'language', 'preset', 'palette', 'audio'].includes(key),
  )
  const isPlain = (scene: number) => preset || story.scenes[scene]!.values.size === 0
  return timeline.pieces
    .filter(({ start, frames }) => Math.max(0, from - start) < Math.min(frames, to - start))
    .map((piece) => {
      const scenes = piece.kind === 'scene' ? [piece.scene] : [piece.scene, piece.scene + 1]
      return plain && scenes.every(isPlain) ? stored.tenantId : tenantId
    })
}
