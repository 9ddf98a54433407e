import path from 'node:path'
import { startPostgres } from './start-postgres.ts'

/** Which database is wanted: the one at an address, or without one the server that comes along. */
export interface OwnerOptions {
  readonly databaseUrl: string | undefined
  /** The installation's folder; the server that comes along keeps its data in `postgres` there. */
  readonly home: string
  /** With which the owner of that server logs in. */
  readonly passwordOf: (role: string) => string
  readonly signal: AbortSignal
}

/** The owner's way into the database. */
export interface Owner {
  readonly ownerUrl: string
  /** Is it the server that comes along? */
  readonly embedded: boolean
  /** Leaves the database: a server that nobody else uses is stopped. */
  close(): Promise<void>
}

/** The role, and the database, that own everything in the server that comes along. */
const EMBEDDED = 'flatrender'

/** Finds the database, or starts it. Errors: POSTGRES_UNAVAILABLE, POSTGRES_FAILED. */
export async function openOwner({ databaseUrl, home, passwordOf, signal }: OwnerOptions): Promise<Owner> {
  if (databaseUrl !== undefined) return { ownerUrl: databaseUrl, embedded: false, close: async () => {} }
  const folder = path.join(home, 'postgres')
  const server = await startPostgres({ folder, password: passwordOf(EMBEDDED), durable: true, signal })
  return { ownerUrl: server.url(EMBEDDED), embedded: true, close: () => server.close() }
}
