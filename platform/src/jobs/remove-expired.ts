import type { Pool } from 'pg'
import { SUPERSEDED } from './superseded.ts'

/** The task that every worker knows. */
export const REMOVE_EXPIRED = 'platform.remove_expired'

/** Events that go in one statement: a few hundred milliseconds. */
const BATCH = 10_000

/** What a consumer was still to get that nobody has any more: it would wait for ever, and its event with it. */
const FORSAKEN = `delete from graphile_worker._private_jobs job
  using graphile_worker._private_tasks task, platform.events event
  where task.id = job.task_id and event.id::text = job.payload->>'event' and job.locked_at is null
    and event.happened_at < now() - interval '30 days'
    and not exists (select from platform.subscriptions where consumer = task.identifier)`

/** Policies allow no younger ones. An event stays as long as a job, dead or alive, needs it. */
const EVENTS = `delete from platform.events where id in (
  select id from platform.events event where happened_at < now() - interval '30 days'
    and not exists (select from graphile_worker._private_jobs job where job.payload->>'event' = event.id::text)
  limit $1
)`
const OTHERS = [
  `delete from graphile_worker._private_jobs where locked_at is null and ${SUPERSEDED}`,
  "delete from platform.handled_events where handled_at < now() - interval '31 days'",
  'delete from platform.idempotency_keys where expires_at < now()',
]

/** Removes what `platform` keeps for a time only. May be done by many at once. */
export async function removeExpired(pool: Pool): Promise<void> {
  await pool.query(FORSAKEN)
  while ((await pool.query(EVENTS, [BATCH])).rowCount === BATCH);
  for (const statement of OTHERS) await pool.query(statement)
}
