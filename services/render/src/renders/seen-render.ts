import type { RenderProgressView } from '@flatrender/contracts/render'

/** A render as all see it who may. */
export interface SeenRender {
  readonly owner_id: string | null
  readonly api_key_id: string | null
  readonly progress: RenderProgressView
}
