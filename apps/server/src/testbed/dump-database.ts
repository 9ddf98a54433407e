import { nameDatabase, withClient } from '@flatrender/database'

const TABLES = `select format('%I.%I', nspname, relname) as name from pg_class
  join pg_namespace on pg_namespace.oid = relnamespace
  where relkind in ('r', 'm') and nspname !~ '^(pg_toast|information_schema)'
  order by 1`

/** Every row of every table as text, the system's own tables too; as the owner of an embedded server, who sees all. */
export async function dumpDatabase(ownerUrl: string): Promise<string> {
  return withClient(ownerUrl, async (client) => {
    const lines: string[] = [`database ${nameDatabase(ownerUrl)}`]
    const { rows: tables } = await client.query<{ name: string }>(TABLES)
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(`select part::text as line from ${name} part`)
      for (const { line } of rows) lines.push(`${name} ${line}`)
    }
    return lines.join('\n')
  })
}
