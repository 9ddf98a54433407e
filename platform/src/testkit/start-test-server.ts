import { readFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { type PostgresServer, startPostgres } from '../postgres/start-postgres.ts'

/** It listens on this machine alone and holds nothing but tests. */
const PASSWORD = 'owner'

/** The server that tests share, and its owner's password. Errors: POSTGRES_UNAVAILABLE, POSTGRES_FAILED. */
export async function startTestServer(): Promise<PostgresServer & { readonly password: string }> {
  const folder = path.join(tmpdir(), `flatrender-tests-${userInfo().username}-${await nameVersion()}`, 'data')
  return { ...(await startPostgres({ folder, password: PASSWORD, durable: false })), password: PASSWORD }
}

/** Another version of PostgreSQL can't open these data: each has its own. */
async function nameVersion(): Promise<string> {
  const manifest = await readFile(path.join(import.meta.dirname, '../../package.json'), 'utf8')
  const { optionalDependencies } = JSON.parse(manifest) as { optionalDependencies: Record<string, string> }
  return (Object.values(optionalDependencies)[0] ?? '').split('-')[0]!
}
