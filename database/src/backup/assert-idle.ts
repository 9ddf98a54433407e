import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Client } from 'pg'

/** Workers tell that they live every 5 s, and count as dead after 20. */
const WORKERS = `select distinct host from platform.workers where beat_at > now() - interval '20 seconds' order by 1`

/** Refuses while services work in the database: they keep numbers and keys of its rows in memory. Errors: DATABASE_IN_USE. */
export async function assertIdle(client: Client): Promise<void> {
  const { rows } = await client.query<{ host: string }>(WORKERS)
  if (rows.length === 0) return
  const hosts = rows.map(({ host }) => host)
  throw new FlatRenderError('DATABASE_IN_USE', { database: client.database ?? '', hosts })
}
