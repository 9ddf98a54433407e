import { sql } from 'kysely'
import type { SystemTransaction } from '../db/open-database.ts'

/** A column that names rows of other tables without being a key: the database doesn't watch over it. */
export interface SoftReference {
  /** `schema.table` and the column in it. */
  readonly table: string
  readonly column: string
  readonly isArray: boolean
  /** Tables in any of which the row may be, as `schema.table`. */
  readonly targets: readonly string[]
}

/** What a comment on such a column begins with: one table's id, or two: `identity.users.id …, else identity.tenants.id`. */
const BEGINS = /^[a-z_]+\.[a-z_]+\.id\b/
const TARGET = /\b([a-z_]+\.[a-z_]+)\.id\b/g
/** So a comment says that the row may be there no longer. */
const OUTLIVES = /outlives|may be gone|gone after/

/**
 * The soft references of a schema, as the comments on its columns document them, and to the tenants of its rows, of which
 * nothing needs to be said. Those are left out that outlive what they name.
 */
export async function listReferences(
  transaction: SystemTransaction<unknown>,
  schema: string,
): Promise<SoftReference[]> {
  const { rows } = await sql<{ table: string; column: string; isArray: boolean; comment: string | null }>`
    select n.nspname || '.' || c.relname as table, a.attname as column, a.attndims > 0 as "isArray",
      col_description(c.oid, a.attnum) as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = ${schema} and c.relkind in ('r', 'p') and not c.relispartition
      and a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype)
      and not exists (
        select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum]
      )
    order by 1, 2`.execute(transaction)
  return rows.flatMap(({ table, column, isArray, comment }) => {
    if (OUTLIVES.test(comment ?? '')) return []
    // Only what the comment begins with: further on it may name what it isn't.
    const [said = ''] = (comment ?? '').split(';')
    const named = BEGINS.test(said) ? [...said.matchAll(TARGET)].map(([, target]) => target!) : []
    const targets = named.length === 0 && column === 'tenant_id' ? ['identity.tenants'] : named
    return targets.length === 0 ? [] : [{ table, column, isArray, targets }]
  })
}
