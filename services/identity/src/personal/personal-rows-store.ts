import { sql } from 'kysely'
import type { AnyTransaction } from '../tables.ts'
import type { UserName } from '../users/users-store.ts'
import { personalTables } from './personal-tables.ts'

/** A row as JSON, by column. */
export type PersonalRow = Record<string, unknown>

/** All rows of a user, by table; without what is secret. */
export async function findPersonalRows(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
): Promise<Record<string, PersonalRow[]>> {
  const found: Record<string, Map<unknown, PersonalRow>> = {}
  for (const { table, by, hides } of personalTables) {
    const { rows } = await sql<{ row: PersonalRow }>`
      select to_jsonb(mine) - ${[...hides, 'tenant_id']}::text[] as row from ${sql.table(`identity.${table}`)} as mine
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
export async function deletePersonalRows(
  transaction: AnyTransaction,
  { tenantId, userId }: UserName,
): Promise<void> {
  for (const { table, by, atEnd } of personalTables)
    if (atEnd === 'deleted')
      await sql`delete from ${sql.table(`identity.${table}`)}
        where tenant_id = ${tenantId} and ${sql.ref(by)} = ${userId}`.execute(transaction)
}
