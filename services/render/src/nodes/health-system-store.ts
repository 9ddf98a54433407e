import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Months ahead that there are always. */
const AHEAD = 3

/** Makes the coming months of nodes' health, and drops those that are older than so many. */
export async function ensureHealthMonths(
  transaction: SystemTransaction<Tables>,
  keep: number,
): Promise<void> {
  await sql`select platform.ensure_month_partitions('render.node_health_logs', ${AHEAD}::int, ${keep}::int)`.execute(
    transaction,
  )
}
