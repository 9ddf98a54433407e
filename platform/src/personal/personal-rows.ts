import type { RowsByTable } from '@flatrender/contracts/call'
import { sql } from 'kysely'
import type { SystemTransaction, TenantTransaction } from '../db/open-database.ts'
import type { Person, PersonalTables } from './personal-table.ts'

type AnyTransaction<Tables> = TenantTransaction<Tables> | SystemTransaction<Tables>

/** All rows of a user, by table; without what is secret. */
export async function findPersonalRows<Tables>(
  transaction: AnyTransaction<Tables>,
  { schema, tables }: PersonalTables,
  { tenantId, userId }: Person,
): Promise<RowsByTable> {
  const found: Record<string, Map<unknown, Record<string, unknown>>> = {}
  for (const { table, by, hides } of tables) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(mine) - ${[...hides, 'tenant_id']}::text[] as row from ${sql.table(`${schema}.${table}`)} as mine
      where tenant_id = ${tenantId} and ${sql.ref(by)} = ${userId}`.execute(transaction)
    found[table] ??= new Map()
    const known = found[table]
    // A row that is theirs by two columns comes once, as by the first. Few have no id, and those are theirs by one.
    for (const { row } of rows) {
      const name = row.id ?? row
      if (!known.has(name)) known.set(name, row)
    }
  }
  return Object.fromEntries(Object.entries(found).map(([table, rows]) => [table, [...rows.values()]]))
}

/** Deletes those rows of a user that end with them. */
export async function deletePersonalRows<Tables>(
  transaction: AnyTransaction<Tables>,
  { schema, tables }: PersonalTables,
  { tenantId, userId }: Person,
): Promise<void> {
  for (const { table, by, atEnd } of tables)
    if (atEnd === 'deleted')
      await sql`delete from ${sql.table(`${schema}.${table}`)}
        where tenant_id = ${tenantId} and ${sql.ref(by)} = ${userId}`.execute(transaction)
}
