import { FlatRenderError } from '@flatrender/contracts/errors'
import pg, { type Client } from 'pg'

/** SQLSTATE of a database that isn't there. */
export const NO_DATABASE = '3D000'
/** SQLSTATE of a wrong password. */
export const WRONG_PASSWORD = '28P01'

/**
 * Connects, does some work, and disconnects whatever comes of it. An aborted signal ends what is under way.
 * Errors: DATABASE_UNREACHABLE, also when the connection is lost; those of the work.
 */
export async function withClient<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  signal?.throwIfAborted()
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // The statement under way fails by itself; without a listener the process would.
  let lost: Error | undefined
  client.on('error', (error) => {
    lost ??= error
  })
  const stop = () => void client.end()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    await client.connect()
  } catch (error) {
    signal?.removeEventListener('abort', stop)
    throw unreachable(url, error as Error)
  }
  try {
    return await work(client)
  } catch (error) {
    signal?.throwIfAborted()
    throw lost === undefined ? error : unreachable(url, lost)
  } finally {
    signal?.removeEventListener('abort', stop)
    await client.end()
  }
}

/** The same address with another database, or as another user. */
export function changeUrl(
  url: string,
  { database, user, password }: { database?: string; user?: string; password?: string },
): string {
  const changed = new URL(url)
  if (database !== undefined) changed.pathname = `/${encodeURIComponent(database)}`
  if (user !== undefined) changed.username = encodeURIComponent(user)
  if (password !== undefined) changed.password = encodeURIComponent(password)
  return changed.href
}

/** The name of the database in an address. */
export function nameDatabase(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

/** Says where nobody answered, never with which password. */
function unreachable(url: string, cause: Error & { code?: string }): FlatRenderError {
  const { host } = new URL(url)
  const reason = cause.message || cause.code || 'no answer'
  return new FlatRenderError(
    'DATABASE_UNREACHABLE',
    { database: nameDatabase(url), server: host, reason },
    { cause },
  )
}
