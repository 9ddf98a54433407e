import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Months that are made ahead: so long the job may rest. */
const AHEAD = 3
/** Days of the shortest month. */
const SHORTEST = 28

/** Makes partitions of the coming months, and drops those whose every day is older than so many days. */
export async function ensureMonths(transaction: SystemTransaction<Tables>, days: number): Promise<void> {
  const keep = Math.ceil(days / SHORTEST)
  await sql`select platform.ensure_month_partitions('identity.tenant_api_request_logs', ${AHEAD}::int, ${keep}::int)`.execute(
    transaction,
  )
}

/** Deletes requests of all tenants that are older than so many days, from months that are kept. */
export async function deleteOldRequests(transaction: SystemTransaction<Tables>, days: number): Promise<void> {
  await transaction
    .deleteFrom('identity.tenant_api_request_logs')
    .where('requested_at', '<', sql<Date>`now() - make_interval(days => ${days})`)
    .execute()
}
