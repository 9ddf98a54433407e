import { randomUUID } from 'node:crypto'
import { cutWhenSilent } from './cut-when-silent.ts'
import { beatOnce, keepBeating, leave } from './heartbeat.ts'
import { openWorkerPool } from './open-worker-pool.ts'
import { TIMING, type WorkerOptions } from './worker-options.ts'

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
  const connections = await openWorkerPool(url, 0)
  const { pool, end } = connections
  const id = `idle-${randomUUID()}`
  const beat = () => beatOnce(pool, id, { services, host })
  try {
    await beat()
  } catch (error) {
    await end()
    throw error
  }
  const heart = keepBeating(pool, beat, { timing, onError })
  return {
    close: () =>
      cutWhenSilent(connections, timing.patience, async () => {
        await heart.stop()
        await leave(pool, id).catch((error: Error) => onError(error, 'heartbeat'))
        await end()
      }),
  }
}
