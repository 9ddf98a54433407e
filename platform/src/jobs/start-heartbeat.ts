import { randomUUID } from 'node:crypto'
import { cutWhenSilent } from './cut-when-silent.ts'
import { beatOnce, keepBeating, leave } from './heartbeat.ts'
import { openWorkerPool } from './open-worker-pool.ts'
import { tellLosses } from './tell-losses.ts'
import { TIMING, type WorkerOptions } from './worker-options.ts'

/** One beats, one asks whether PostgreSQL answers. */
const CONNECTIONS = 2

/**
 * Says that a process lives that takes nothing off the queue: whoever changes keys or rows under it has to know of it.
 * Errors: DATABASE_UNREACHABLE, JOB_QUEUE_MISSING.
 */
export async function startHeartbeat({
  url,
  services,
  host,
  onError,
  timing = TIMING,
}: Pick<WorkerOptions, 'url' | 'services' | 'host' | 'onError' | 'timing'>): Promise<{
  close(): Promise<void>
}> {
  const connections = await openWorkerPool(url, CONNECTIONS)
  const { pool, end } = connections
  const id = `idle-${randomUUID()}`
  const losses = tellLosses(onError)
  const beat = () => beatOnce(pool, id, { services, host })
  try {
    await beat()
  } catch (error) {
    await end()
    throw error
  }
  const beatAndTell = async () => {
    await beat()
    losses.found()
  }
  const heart = keepBeating(pool, beatAndTell, { timing, onError: losses.onError })
  return {
    close: () =>
      cutWhenSilent(connections, timing.patience, async () => {
        await heart.stop()
        await leave(pool, id).catch((error: Error) => losses.onError(error, 'heartbeat'))
        await end()
      }),
  }
}
