import {
  openWorkerPool,
  openWorkspace,
  recordCrash,
  type WorkerPool,
  type Workspace,
} from '@flatrender/engine-render'
import type { Session } from './session.ts'

/** How often a segment is tried before a render fails. */
const ATTEMPTS = 3

/** Workspace and workers for one command. */
export interface Engine {
  readonly workspace: Workspace
  readonly pool: WorkerPool
  close(): Promise<void>
}

/** Starts the workers; Ctrl-C ends them. */
export async function openEngine({ settings, signal, environment }: Session): Promise<Engine> {
  const workspace = await openWorkspace(settings.home)
  const pool = openWorkerPool({
    workers: settings.workers,
    environment,
    memoryLimit: settings.workerMemory,
    hangTimeout: settings.workerSilence,
    attempts: ATTEMPTS,
    onCrash: (crash) => recordCrash(crash, workspace.crashes),
  })
  const close = () => pool.close()
  signal.addEventListener('abort', () => void close(), { once: true })
  return { workspace, pool, close }
}
