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
  const found: Record<string, PersonalRow[]> = {}
  for (const { table, by, hides } of personalTables) {
    const { rows } = await sql<{ row: PersonalRow }>`
      select to_jsonb(mine) - ${[...hides, 'tenant_id']}::text[] as row from ${sql.table(`identity.${table}`)} as mine
      where tenant_id = ${tenantId} and ${sql.ref(by)} = ${userId}`.execute(transaction)
    found[table] = [...(found[table] ?? []), ...rows.map((mine) => mine.row)]
  }
  return found
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
