import path from 'node:path'
import { derivePassword } from '@flatrender/database'
import { startPostgres } from '@flatrender/platform/postgres'
import { openSecretKeyFile, parseSecretKey } from '@flatrender/platform/secrets'
import type { Settings } from './settings.ts'

/** The owner's way into the database, and the key from which its roles' passwords follow. */
export interface Owner {
  readonly ownerUrl: string
  readonly secretKey: Buffer
  /** Leaves the database: a server that nobody else uses is stopped. */
  close(): Promise<void>
}

/** The role that owns everything in the server that comes along. */
const EMBEDDED = 'flatrender'

/**
 * The database that the settings name; without one the PostgreSQL that comes along, in the workspace's folder.
 * Errors: SECRET_KEY_INVALID, POSTGRES_UNAVAILABLE, POSTGRES_FAILED.
 */
export async function openOwner(settings: Settings, signal: AbortSignal): Promise<Owner> {
  const { home, databaseUrl } = settings
  const secretKey = await openSecretKey(settings)
  if (databaseUrl !== undefined) return { ownerUrl: databaseUrl, secretKey, close: async () => {} }
  const server = await startPostgres({
    folder: path.join(home, 'postgres'),
    password: derivePassword(secretKey, EMBEDDED),
    durable: true,
    signal,
  })
  return {
    ownerUrl: server.url('flatrender'),
    secretKey,
    close: () => server.close(),
  }
}

/** The key in the settings, else the workspace's own, made when it is first asked for. Errors: SECRET_KEY_INVALID. */
export async function openSecretKey({ home, secretKey }: Settings): Promise<Buffer> {
  return secretKey === undefined
    ? openSecretKeyFile(path.join(home, 'secret.key'))
    : parseSecretKey(secretKey, 'FLATRENDER_SECRET_KEY')
}
