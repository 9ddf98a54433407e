import type { Client } from 'pg'
import { schemas } from '../describe-schema.ts'

/** A table as a backup sees it. */
export interface TableShape {
  /** `identity.users` */
  readonly table: string
  readonly schema: string
  /** All that aren't computed from others. */
  readonly columns: readonly string[]
  /** Columns that the database numbers. */
  readonly numbered: readonly string[]
  /** Do its policies bind its owner too? */
  readonly forced: boolean
  /** Tables whose rows must be there first. */
  readonly needs: readonly string[]
}

/** Says of the present processes and of this database alone. */
const STAYING = ['platform.migrations', 'platform.workers']
/** What waits in the queue. */
const QUEUE = [
  'graphile_worker._private_job_queues',
  'graphile_worker._private_jobs',
  'graphile_worker._private_known_crontabs',
  'graphile_worker._private_tasks',
]

/** Partitions come with their parents; what is unlogged isn't worth keeping. */
const TABLES = `
select n.nspname || '.' || c.relname as table, n.nspname as schema, c.relforcerowsecurity as forced,
  array(select attname::text from pg_attribute
    where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
  array(select attname::text from pg_attribute where attrelid = c.oid and attidentity <> '') as numbered,
  array(select distinct n2.nspname || '.' || c2.relname from pg_constraint k
    join pg_class c2 on c2.oid = k.confrelid join pg_namespace n2 on n2.oid = c2.relnamespace
    where k.conrelid = c.oid and k.contype = 'f' and not k.condeferrable and k.confrelid <> c.oid) as needs
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition
  and (n.nspname = any ($1) or n.nspname || '.' || c.relname = any ($2)) and n.nspname || '.' || c.relname <> all ($3)
order by 1`

/** Every table that a backup holds, each after those that its keys point to. */
export async function listTables(client: Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(TABLES, [[...schemas], QUEUE, STAYING])
  return orderTables(rows)
}

/** Tables that no backup holds, and that are emptied with the others: what they count was counted of other rows. */
export async function listUnlogged(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence = 'u' and n.nspname = any ($1) order by 1`,
    [[...schemas]],
  )
  return rows.map(({ name }) => name)
}

/** Puts tables after those that they need. A key that can be checked late orders nothing: it may close a circle. */
function orderTables(tables: readonly TableShape[]): TableShape[] {
  const ordered = new Set<TableShape>()
  const placed = new Set<string>()
  while (ordered.size < tables.length) {
    const next = tables.filter((one) => !ordered.has(one) && one.needs.every((table) => placed.has(table)))
    if (next.length === 0) throw new Error('keys that cannot be checked late close a circle of tables')
    for (const one of next) {
      ordered.add(one)
      placed.add(one.table)
    }
  }
  return [...ordered]
}
