import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { OWNER } from './create-cluster.ts'
import { isProcessAlive } from './is-process-alive.ts'

/** Where a server of ours listens. */
export interface ServerAddress {
  readonly port: number
  readonly password: string
}

/** How a server is reached by the owner of everything. */
export function ownerUrl({ port, password }: ServerAddress, database = 'postgres'): string {
  return `postgres://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/**
 * The port of a live server over this data folder: one that takes our password and says that the folder is its own.
 * Undefined where none runs, or something else lives at its number.
 */
export async function findServer(folder: string, password: string): Promise<number | undefined> {
  const [pid = '', , , port = ''] = (
    await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  ).split('\n')
  if (!isProcessAlive(Number(pid)) || !(Number(port) > 0)) return undefined
  const client = new pg.Client({
    connectionString: ownerUrl({ port: Number(port), password }),
    connectionTimeoutMillis: 5000,
  })
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory === folder ? Number(port) : undefined
  } catch {
    // Refused, silent or of another password: not a server that we may use.
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}
