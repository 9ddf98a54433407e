import { sql } from 'kysely'
import type { SystemTransaction } from '../db/open-database.ts'
import type { SoftReference } from './list-references-system-store.ts'

/** Ids that are asked about at once. */
const BATCH = 1000

/** Every id that a soft reference holds, once, in batches; the transaction has to stay open until the last. */
export async function* readReferences(
  transaction: SystemTransaction<unknown>,
  reference: SoftReference,
): AsyncGenerator<string[]> {
  await sql`declare held no scroll cursor for select distinct ${idOf(reference)}::text as id
    from ${sql.table(reference.table)} where ${sql.ref(reference.column)} is not null`.execute(transaction)
  for (;;) {
    const { rows } = await sql<{ id: string }>`fetch ${sql.lit(BATCH)} from held`.execute(transaction)
    if (rows.length === 0) break
    yield rows.map(({ id }) => id)
  }
  await sql`close held`.execute(transaction)
}

/** Those of the ids that a soft reference still holds. */
export async function findHeld(
  transaction: SystemTransaction<unknown>,
  reference: SoftReference,
  ids: readonly string[],
): Promise<string[]> {
  const held = sql.ref(reference.column)
  const { rows } = await sql<{
    id: string
  }>`select asked.id::text from unnest(${[...ids]}::uuid[]) as asked (id)
    where exists (
      select from ${sql.table(reference.table)}
      where ${reference.isArray ? sql`asked.id = any (${held})` : sql`asked.id = ${held}`}
    )`.execute(transaction)
  return rows.map(({ id }) => id)
}

/** Those of the ids that no row of a table has. */
export async function findMissing<Tables>(
  transaction: SystemTransaction<Tables>,
  table: string,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select asked.id::text from unnest(${[...ids]}::uuid[]) as asked (id)
    where not exists (select from ${sql.table(table)} as there where there.id = asked.id)`.execute(
    transaction,
  )
  return rows.map(({ id }) => id)
}

function idOf({ column, isArray }: SoftReference) {
  return isArray ? sql`unnest(${sql.ref(column)})` : sql.ref(column)
}
