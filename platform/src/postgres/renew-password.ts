import pg from 'pg'
import { type PostgresOptions, startPostgres } from './start-postgres.ts'

/**
 * Gives a role its present password, where it still has a former one: whoever changed the secret key was broken off.
 * `verifier` is what the server keeps of the present one. False where none of the former ones is taken.
 */
export async function renewPassword(
  options: PostgresOptions,
  role: string,
  { passwords, verifier }: { readonly passwords: readonly string[]; readonly verifier: string },
): Promise<boolean> {
  for (const password of passwords) {
    const server = await startPostgres({ ...options, password }).catch(() => undefined)
    if (server === undefined) continue
    const client = new pg.Client({ connectionString: server.url() })
    // What is lost is noticed by the statement under way.
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query(
        `alter role ${client.escapeIdentifier(role)} password ${client.escapeLiteral(verifier)}`,
      )
    } finally {
      await client.end()
      await server.close()
    }
    return true
  }
  return false
}
