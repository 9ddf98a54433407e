import type { BatchView } from '@flatrender/contracts/render'

/** A batch as all see it who may. */
export interface SeenBatch {
  readonly owner_id: string | null
  readonly api_key_id: string | null
  readonly view: BatchView
}
