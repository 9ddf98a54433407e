import { openWorkerPool, openWorkspace, recordCrash, type Workshop } from '@flatrender/engine-render'
import type { Session } from './session.ts'

/** How often a segment is tried before a render fails. */
const ATTEMPTS = 3

/** Workspace and workers for one command. */
export interface Engine extends Workshop {
  close(): Promise<void>
}

/** Opens both; Ctrl-C ends the workers. What may need none has them started `lazy`: with the first order. */
export async function openEngine(
  { settings, signal, environment }: Session,
  { lazy = false }: { readonly lazy?: boolean } = {},
): Promise<Engine> {
  const workspace = await openWorkspace(settings.home)
  const pool = openWorkerPool({
    workers: lazy ? 1 : settings.workers,
    lazy,
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
