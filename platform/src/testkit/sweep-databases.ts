import type { Client } from 'pg'
import { isProcessAlive } from '../files/is-process-alive.ts'

/** Templates that are kept: those of a few branches, so that changing between them costs nothing. */
const KEPT_TEMPLATES = 4

/** Removes the databases of dead test processes, and templates that have become old. One at a time. */
export async function sweepDatabases(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ name: string; template: boolean }>(
    `select datname as name, datistemplate as template from pg_database where datname ~ '^(test|template)_' order by oid desc`,
  )
  const copies = rows.filter(({ name }) => name.startsWith('test_'))
  for (const { name } of copies)
    if (!isProcessAlive(Number(name.split('_')[1]))) await admin.query(`drop database ${name} with (force)`)
  for (const { name } of rows.filter(({ template }) => template).slice(KEPT_TEMPLATES)) {
    await admin.query(`alter database ${name} is_template false`)
    await admin.query(`drop database ${name} with (force)`)
  }
}
