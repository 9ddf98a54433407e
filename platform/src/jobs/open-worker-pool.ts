import { Socket } from 'node:net'
import { FlatRenderError } from '@flatrender/contracts/errors'
import pg, { type Pool } from 'pg'

/** A statement that gets no answer for so long has lost its server, milliseconds. */
const ANSWER_TIMEOUT = 60_000

/** The workers' connections. */
export interface WorkerPool {
  readonly pool: Pool
  /** Ends them as PostgreSQL wants it. */
  end(): Promise<void>
  /** Cuts them, for a server that doesn't answer: what waits for it fails at once, and nothing asks anew. */
  cut(): void
}

/**
 * So many connections as `flatrender_worker`, shown by a name, to a database that is ready for workers.
 * Errors: DATABASE_UNREACHABLE, JOB_QUEUE_MISSING.
 */
export async function openWorkerPool(url: string, connections: number, name = 'worker'): Promise<WorkerPool> {
  const sockets = new Set<Socket>()
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    query_timeout: ANSWER_TIMEOUT,
    keepAlive: true,
    stream: () => {
      const socket = new Socket()
      sockets.add(socket)
      return socket.once('close', () => sockets.delete(socket))
    },
  })
  // A connection that is lost is noticed by its next statement, which fails and is tried again.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  let ending: Promise<void> | undefined
  const cutOff = Promise.withResolvers<void>()
  const end = () => {
    // What is cut may never have been given back.
    ending ??= Promise.race([pool.end(), cutOff.promise])
    return ending
  }
  try {
    await assertReady(pool, url)
  } catch (error) {
    await end()
    throw error
  }
  return {
    pool,
    end,
    cut() {
      // First of all: a pool that ends makes no new connections.
      void end()
      for (const socket of sockets) socket.destroy()
      cutOff.resolve()
    },
  }
}

async function assertReady(pool: Pool, url: string): Promise<void> {
  const { host, pathname } = new URL(url)
  const database = decodeURIComponent(pathname.slice(1))
  const client = await pool.connect().catch((cause: Error & { code?: string }) => {
    const reason = cause.message || cause.code || 'no answer'
    throw new FlatRenderError('DATABASE_UNREACHABLE', { database, server: host, reason }, { cause })
  })
  try {
    const { rows } = await client.query<{ ready: boolean }>(
      "select to_regnamespace('graphile_worker') is not null as ready",
    )
    if (rows[0]?.ready !== true) throw new FlatRenderError('JOB_QUEUE_MISSING', { database })
  } finally {
    client.release()
  }
}
