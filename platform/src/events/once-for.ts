import { sql } from 'kysely'
import type { SystemTransaction, TenantTransaction } from '../db/open-database.ts'

/**
 * Is it the first time that this consumer (`<service>.<consumer>`) handles this event? Asked in the transaction that does
 * the work: what is undone counts as never handled, and of two at once the second waits for the first. The answer is kept
 * a day longer than the event.
 */
export async function onceFor<Tables>(
  transaction: TenantTransaction<Tables> | SystemTransaction<Tables>,
  consumer: string,
  eventId: string,
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into platform.handled_events (consumer, event_id) values (${consumer}, ${eventId}) on conflict do nothing`.execute(
      transaction,
    )
  return numAffectedRows === 1n
}
