import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Of these storage keys those that no row names. */
export async function findUnnamed(
  transaction: SystemTransaction<Tables>,
  keys: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select name as key from unnest(${keys}::text[]) as stored (name) where not exists (
      select from render.inputs where object_key = stored.name
    ) and not exists (
      select from render.segments where object_key = stored.name
    ) and not exists (
      select from render.snapshots where object_key = stored.name
    ) and not exists (
      select from render.exports where object_key = stored.name
    )`.execute(transaction)
  return rows.map(({ key }) => key)
}
