import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** How many frame jobs each of these nodes holds; those that hold none are left out. The jobs may be any tenant's. */
export async function countRunning(
  transaction: SystemTransaction<Tables>,
  nodeIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await transaction
    .selectFrom('render.frame_jobs')
    .select(['node_id', sql<number>`count(*)::int`.as('running')])
    .where('state', '=', 'leased')
    .where(sql<boolean>`node_id = any (${nodeIds}::uuid[])`)
    .groupBy('node_id')
    .execute()
  return new Map(rows.map(({ node_id, running }) => [node_id!, running]))
}
