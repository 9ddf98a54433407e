import type { Lane } from '@flatrender/contracts/render'

/** What a render is made of beside its wish. */
export interface RenderExtras {
  readonly webhook: string | undefined
  readonly metadata: Readonly<Record<string, unknown>>
  readonly lane: Lane
  readonly retryOfId: string | null
}
