import { withClient } from '../connect.ts'

/** What a service says of its tables with rows of people; as `@flatrender/platform/personal` has it. */
interface SaidTables {
  readonly schema: string
  readonly tables: readonly {
    readonly table: string
    readonly by: string
    readonly hides: readonly string[]
    readonly atEnd: 'deleted' | 'kept'
  }[]
}

interface RealColumn {
  readonly table: string
  readonly column: string
  readonly bytes: boolean
  /** Does its comment begin with whose id it is: a user's? */
  readonly names: boolean
  /** May the user be gone? */
  readonly outlives: boolean
}

/** So a comment says that the row which it names may be there no longer. */
const OUTLIVES = 'outlives|may be gone|gone after|null once they are gone'
const COLUMNS = `select c.relname as table, a.attname as column, a.atttypid = 'bytea'::regtype as bytes,
    coalesce(col_description(c.oid, a.attnum) like 'identity.users.id%', false) as names,
    coalesce(col_description(c.oid, a.attnum) ~ $2, false) as outlives
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition order by 1, 2`

/**
 * Compares what a service says of its tables with rows of people with the database: every column that names a user must be
 * there, all that is secret must be hidden, and what is kept must be documented to outlive them. Gives what differs, a
 * sentence each.
 */
export async function comparePersonalTables(url: string, { schema, tables }: SaidTables): Promise<string[]> {
  const real = await withClient(
    url,
    async (client) => (await client.query<RealColumn>(COLUMNS, [schema, OUTLIVES])).rows,
  )
  const find = (table: string, column: string) =>
    real.find((one) => one.table === table && one.column === column)
  const unsaid = real
    .filter(
      ({ names, table, column }) => names && !tables.some((one) => one.table === table && one.by === column),
    )
    .map(({ table, column }) => `${table}.${column} names a user, and nobody says what becomes of its rows`)
  return [
    ...unsaid,
    ...tables.flatMap(({ table, by, hides, atEnd }) => {
      const named = find(table, by)
      const secret = real.filter(
        (one) => one.table === table && (one.bytes || /secret|hash|token|object_key/.test(one.column)),
      )
      return [
        ...(named?.names ? [] : [`${table}.${by} names no user`]),
        ...(named?.outlives === (atEnd === 'kept')
          ? []
          : [`${table}.${by} is ${atEnd}, its comment says otherwise`]),
        ...secret
          .filter(({ column }) => !hides.includes(column))
          .map(({ column }) => `${table}.${column} is shown`),
        ...hides
          .filter((column) => find(table, column) === undefined)
          .map((column) => `there is no ${table}.${column}`),
      ]
    }),
  ]
}
