import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Client } from 'pg'
import type { Migration } from './list-migrations.ts'

/**
 * Runs what the database has not seen yet, each file in a transaction of its own. Gives the names of what was run.
 * Errors: DATABASE_OUTDATED when a file has changed since it was run, or one is unknown to us.
 */
export async function runMigrations(
  client: Client,
  migrations: readonly Migration[],
  onMigration: (name: string) => void = () => {},
): Promise<string[]> {
  const seen = await readSeen(client)
  assertKnown(client, seen, migrations)
  const missing = migrations.filter(({ name }) => !seen.has(name))
  for (const migration of missing) {
    onMigration(migration.name)
    await runMigration(client, migration)
  }
  await noteChecksums(client, migrations)
  return missing.map(({ name }) => name)
}

/** Name → checksum, null for what psql ran; empty before the first file. */
async function readSeen(client: Client): Promise<ReadonlyMap<string, string | null>> {
  const { rows: found } = await client.query("select to_regclass('platform.migrations') is not null as made")
  if (found[0]?.made !== true) return new Map()
  const { rows } = await client.query<{ name: string; checksum: string | null }>(
    'select name, checksum from platform.migrations',
  )
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}

function assertKnown(
  client: Client,
  seen: ReadonlyMap<string, string | null>,
  migrations: readonly Migration[],
): void {
  const ours = new Map(migrations.map(({ name, checksum }) => [name, checksum]))
  for (const [migration, checksum] of seen) {
    if (checksum === (ours.get(migration) ?? '') || (checksum === null && ours.has(migration))) continue
    throw new FlatRenderError('DATABASE_OUTDATED', { database: client.database ?? '', migration })
  }
}

async function runMigration(client: Client, { name, sql }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${name}: ${(error as Error).message}`, { cause: error })
  }
}

/** A file that psql ran is taken as it is now. */
async function noteChecksums(client: Client, migrations: readonly Migration[]): Promise<void> {
  for (const { name, checksum } of migrations)
    await client.query(
      'update platform.migrations set checksum = $2 where name = $1 and checksum is distinct from $2',
      [name, checksum],
    )
}
