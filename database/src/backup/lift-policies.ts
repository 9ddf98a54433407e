import type { Client } from 'pg'
import type { TableShape } from './list-tables.ts'

/**
 * Frees the owner of the policies that bind it too, within a transaction that nobody else may look into: who wants these
 * tables waits for its end.
 */
export async function liftPolicies(client: Client, tables: readonly TableShape[]): Promise<void> {
  for (const { table, forced } of tables)
    if (forced) await client.query(`alter table ${table} no force row level security`)
}
