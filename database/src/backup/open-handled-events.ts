import { FlatRenderError } from '@flatrender/contracts/errors'
import { withClient } from '../connect.ts'

/** Who may write them, and who may remove the old, `00_setup.sql` says; nobody may read them whole. */
const OPEN = `
do $$
begin
  if not (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) and not exists (
    select from pg_policy where polrelid = 'platform.handled_events'::regclass and polname = 'backup'
      and (select oid from pg_roles where rolname = current_user) = any (polroles)
  ) then
    -- It waits for consumers under way, and others wait for it.
    set local lock_timeout = '10s';
    drop policy if exists backup on platform.handled_events;
    create policy backup on platform.handled_events for select to current_user using (true);
  end if;
end
$$`

const MADE = `select to_regclass('platform.handled_events') is not null as made`

/**
 * Lets the owner read which events were handled, once and for all: an owner who isn't bound needs no leave. Errors:
 * DATABASE_UNPREPARED, DATABASE_UNREACHABLE.
 */
export async function openHandledEvents(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ made: boolean }>(MADE)
    if (rows[0]?.made !== true)
      throw new FlatRenderError('DATABASE_UNPREPARED', { database: client.database ?? '' })
    await client.query(OPEN)
  })
}
