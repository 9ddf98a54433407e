import { setTimeout } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { WorkerOptions, WorkerTiming } from './worker-options.ts'

const BEAT = `insert into platform.workers (id, services, host, pid) values ($1, $2, $3, $4)
  on conflict (id) do update set beat_at = now()`
const UNLOCK = `with gone as (delete from platform.workers where %s returning id)
  select graphile_worker.force_unlock_workers(array_agg(id)) from gone having count(*) > 0`
const UNLOCK_SILENT = UNLOCK.replace('%s', 'beat_at < now() - make_interval(secs => $1)')
const UNLOCK_ONE = UNLOCK.replace('%s', 'id = $1')

/** Says that this worker lives. Jobs are locked by its id. */
export async function beatOnce(
  pool: Pool,
  id: string,
  { services, host }: Pick<WorkerOptions, 'services' | 'host'>,
): Promise<void> {
  await pool.query(BEAT, [id, services, host, process.pid])
}

const END = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
  where usename = current_user and datname = current_database() and application_name = $1`

/** Ends what PostgreSQL still does for connections of this name: a look that waits there would take jobs for nobody. */
export async function endConnections(pool: Pool, name: string): Promise<void> {
  await pool.query(END, [name])
}

/** Takes a worker that has ended off the list; what it could not finish is free for others. */
export async function leave(pool: Pool, id: string): Promise<void> {
  await pool.query(UNLOCK_ONE, [id])
}

/**
 * Does `beat` again and again and frees the jobs of workers that are silent. Only who has beaten twice in a row judges
 * others: after PostgreSQL was away, everybody looks silent until they have come back.
 */
export function keepBeating(
  pool: Pool,
  beat: () => Promise<void>,
  { timing, onError }: { timing: WorkerTiming; onError: WorkerOptions['onError'] },
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const beating = (async () => {
    for (let inRow = 0; !stopping.signal.aborted; ) {
      try {
        await beat()
        inRow++
        if (inRow > 1) await pool.query(UNLOCK_SILENT, [timing.silence])
      } catch (error) {
        inRow = 0
        onError(error as Error, 'heartbeat')
      }
      // Woken by `stop`, which is no failure.
      await setTimeout(timing.beat * 1000, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await beating
    },
  }
}
