import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Client } from 'pg'

const MADE = `select to_regclass('platform.workers') is not null as made`

/** Refuses a database in which no migrations ran. Errors: DATABASE_UNPREPARED. */
export async function assertPrepared(client: Client): Promise<void> {
  const { rows } = await client.query<{ made: boolean }>(MADE)
  if (rows[0]?.made !== true)
    throw new FlatRenderError('DATABASE_UNPREPARED', { database: client.database ?? '' })
}
