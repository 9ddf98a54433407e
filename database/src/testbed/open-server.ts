import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPostgres } from '@flatrender/platform/postgres'

/** A PostgreSQL of a test's own. */
export interface TestServer {
  /** The owner's address of a database. */
  url(database: string): string
  close(): Promise<void>
}

/** Starts an empty server in a new folder, which is removed at the end. */
export async function openServer(): Promise<TestServer> {
  const home = await mkdtemp(path.join(tmpdir(), 'flatrender-database-'))
  const server = await startPostgres({ folder: path.join(home, 'data'), password: 'owner', durable: false })
  return {
    url: (database) => server.url(database),
    async close() {
      await server.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}
