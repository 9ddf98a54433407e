import { Logger, runMigrations } from 'graphile-worker'
import pg, { type Client } from 'pg'

/**
 * Graphile Worker's tables enable row-level security without a policy, so they admit their owner alone: us, whose
 * functions enqueue. Workers log in as a role of their own, which gets what they need and owns nothing.
 */
const GRANTS = `
do $$
declare
  closed record;
begin
  grant usage on schema graphile_worker to flatrender_worker;
  grant select, insert, update, delete on all tables in schema graphile_worker to flatrender_worker;
  grant usage on all sequences in schema graphile_worker to flatrender_worker;
  revoke execute on all functions in schema graphile_worker from public;
  grant execute on all functions in schema graphile_worker to flatrender_worker;
  for closed in
    select oid::regclass as name from pg_class
    where relnamespace = 'graphile_worker'::regnamespace and relkind in ('r', 'p') and relrowsecurity
      and not exists (select from pg_policy where polrelid = pg_class.oid and polname = 'worker')
  loop
    execute format('create policy worker on %s to flatrender_worker using (true) with check (true)', closed.name);
  end loop;
end
$$`

/** It says what goes wrong by throwing; of the rest nothing is to be told. */
const silent = new Logger(() => () => {})

/**
 * Installs or upgrades the schema of Graphile Worker, the queue of events and background work, and opens it to
 * `flatrender_worker`. Done twice, the second time changes nothing. One at a time.
 */
export async function installQueue(client: Client, ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 })
  // Whatever is lost is noticed by the statement under way.
  pool.on('error', () => {})
  pool.on('connect', (connection) => connection.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, logger: silent })
  } finally {
    await pool.end()
  }
  await client.query(GRANTS)
}
