import type { Pool } from 'pg'
import type { Consumer } from './worker-options.ts'

const SUBSCRIBE = `with wanted as (select consumer, type from unnest($1::text[], $2::text[]) wanted (consumer, type)),
  no_longer as (
    delete from platform.subscriptions where consumer = any ($3)
      and (consumer, type) not in (select consumer, type from wanted)
  )
  insert into platform.subscriptions (consumer, type) select consumer, type from wanted on conflict do nothing`

/**
 * Says which events the consumers want, from now on and while no process runs. What other processes' consumers want
 * stays as it is.
 */
export async function subscribeConsumers(
  pool: Pool,
  consumers: Readonly<Record<string, Consumer>>,
): Promise<void> {
  const wanted = Object.entries(consumers).flatMap(([name, { types }]) => types.map((type) => [name, type]))
  await pool.query(SUBSCRIBE, [
    wanted.map(([name]) => name),
    wanted.map(([, type]) => type),
    Object.keys(consumers),
  ])
}
