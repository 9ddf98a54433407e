import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Client } from 'pg'

/** The oldest PostgreSQL that has all that the migrations take (`unique nulls not distinct` among it). */
const OLDEST = 15

/** Refuses a server that is too old, before anything is made in it. Errors: DATABASE_TOO_OLD. */
export async function assertVersion(client: Client, oldest = OLDEST): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  const version = rows[0]!.server_version
  if (Number.parseInt(version, 10) < oldest)
    throw new FlatRenderError('DATABASE_TOO_OLD', { database: client.database ?? '', version, oldest })
}
