import type { SystemTransaction } from '@flatrender/platform/db'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Tables whose rows other services name. */
export type MissingFrom = 'users' | 'tenants' | 'tenant_api_keys'

/** So long what others kept of a deleted user may take to go after them. */
const GRACE = sql`interval '1 hour'`

/** Those of the ids that no row of the table has, whatever its tenant; one of a deleted user is none. */
export async function findMissingIds(
  transaction: SystemTransaction<Tables>,
  of: MissingFrom,
  ids: readonly string[],
): Promise<string[]> {
  const isThere = of === 'users' ? sql`coalesce(there.deleted_at > now() - ${GRACE}, true)` : sql`true`
  const { rows } = await sql<{ id: string }>`
    select asked.id::text from unnest(${[...ids]}::uuid[]) as asked (id)
    where not exists (
      select from ${sql.table(`identity.${of}`)} as there where there.id = asked.id and ${isThere}
    )`.execute(transaction)
  return rows.map(({ id }) => id)
}
