import type { WorkerPool } from '../worker/worker-pool.ts'
import type { Workspace } from './workspace.ts'

/** A workspace, and the workers that work in it. */
export interface Workshop {
  readonly workspace: Workspace
  readonly pool: WorkerPool
}
