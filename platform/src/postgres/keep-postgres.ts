import { setTimeout } from 'node:timers/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { type PostgresOptions, type PostgresServer, startPostgres } from './start-postgres.ts'

/** Between two tries to start it again, milliseconds. */
const PAUSE = 500

/**
 * Starts the PostgreSQL that comes along, and again, at the same port, whenever it dies: connections end, addresses stay
 * good. `onLost` hears of each death, and of what a new start fails with. Errors: those of the first start.
 */
export async function keepPostgres(
  options: PostgresOptions,
  onLost: (reason: Error) => void,
): Promise<Omit<PostgresServer, 'lost'>> {
  const first = await startPostgres(options)
  const closing = new AbortController()
  let server = first
  const keeping = (async () => {
    for (;;) {
      await server.lost
      if (closing.signal.aborted) return
      const reason = `PostgreSQL at port ${first.port} is gone; it is started again`
      onLost(new FlatRenderError('DATABASE_LOST', { reason }))
      const again = await startAgain(options, first.port, closing.signal, onLost)
      if (again === undefined) return
      server = again
      // Closed in the meantime: what was left then was the dead one.
      if (closing.signal.aborted) return again.close()
    }
  })()
  return {
    port: first.port,
    adopted: first.adopted,
    url: first.url,
    async close() {
      closing.abort()
      await server.close()
      await keeping
    },
  }
}

async function startAgain(
  options: PostgresOptions,
  port: number,
  signal: AbortSignal,
  onLost: (reason: Error) => void,
): Promise<PostgresServer | undefined> {
  while (!signal.aborted) {
    try {
      const server = await startPostgres({ ...options, signal })
      if (server.port === port) return server
      await server.close()
      throw new Error(`port ${port} is taken by something else, and all know PostgreSQL there`)
    } catch (error) {
      onLost(error as Error)
      await setTimeout(PAUSE, undefined, { signal }).catch(() => {})
    }
  }
  return undefined
}
