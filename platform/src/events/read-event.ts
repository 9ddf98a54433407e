import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Pool } from 'pg'
import type { Event } from './event.ts'

const READ = `select id, type, source, subject, tenant_id as "tenantId", data, happened_at as "happenedAt", trace
  from platform.events where id = $1`

/** The event that a consumer's job is about. Errors: EVENT_MISSING. */
export async function readEvent(pool: Pool, consumer: string, id: string): Promise<Event> {
  const { rows } = await pool.query<Event>(READ, [id])
  const [event] = rows
  if (event === undefined) throw new FlatRenderError('EVENT_MISSING', { event: id, consumer })
  return event
}
