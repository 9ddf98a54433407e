import type { Pool } from 'pg'
import type { WorkerOptions } from './worker-options.ts'

const SUBSCRIBE = `with wanted as (select consumer, type from unnest($1::text[], $2::text[]) wanted (consumer, type)),
  no_longer as (
    delete from platform.subscriptions where split_part(consumer, '.', 1) = any ($3)
      and (consumer, type) not in (select consumer, type from wanted)
  )
  insert into platform.subscriptions (consumer, type) select consumer, type from wanted on conflict do nothing`

/**
 * Says which events the services' consumers want, from now on and while no process runs. A consumer that a service no
 * longer has wants nothing: its jobs would pile up, for nobody would take them. Those that it has already wait as long as
 * events are kept, lest a service that goes back a version has lost them. What other services want stays as it is.
 */
export async function subscribeConsumers(
  pool: Pool,
  { services, consumers }: Pick<WorkerOptions, 'services' | 'consumers'>,
): Promise<void> {
  const wanted = Object.entries(consumers).flatMap(([name, { types }]) => types.map((type) => [name, type]))
  await pool.query(SUBSCRIBE, [wanted.map(([name]) => name), wanted.map(([, type]) => type), services])
}
