import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** On which channel of PostgreSQL it is told that there is work. */
export const BELL = 'render_work'

/** Tells all processes, once the transaction commits, that there is work: whoever waits for some asks again. */
export async function ringBell(transaction: SystemTransaction<Tables>): Promise<void> {
  await sql`select pg_notify(${BELL}, '')`.execute(transaction)
}
