import { setTimeout } from 'node:timers/promises'
import type { WorkerPool } from './open-worker-pool.ts'

/** Between two questions to PostgreSQL, milliseconds. */
const PAUSE = 500

/**
 * Does the work of ending, for which PostgreSQL may take its time as long as it answers others: once it has been silent
 * for `seconds` its connections are cut, for nobody waits for a server that may never come back.
 */
export async function cutWhenSilent(
  { pool, cut }: WorkerPool,
  seconds: number,
  work: () => Promise<void>,
): Promise<void> {
  const done = new AbortController()
  const { signal } = done
  const watching = (async () => {
    for (let heard = performance.now(); !signal.aborted; ) {
      const rest = heard + seconds * 1000 - performance.now()
      if (rest <= 0) return cut()
      const asked = pool.query('select 1').then(
        () => true,
        () => false,
      )
      // Silence and an error are the same to us; woken by the end of the work, which is no failure.
      const silence = setTimeout(rest, false, { signal }).catch(() => false)
      if (await Promise.race([asked, silence])) heard = performance.now()
      await setTimeout(PAUSE, undefined, { signal }).catch(() => {})
    }
  })()
  try {
    await work()
  } finally {
    done.abort()
    await watching
  }
}
