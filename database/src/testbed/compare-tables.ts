import { readFile } from 'node:fs/promises'
import { withClient } from '../connect.ts'
import { readTables, type SaidColumn } from './read-tables.ts'

/** A column as the catalogue knows it. */
interface RealColumn {
  readonly table: string
  readonly name: string
  /** PostgreSQL's own name; of an array `_` and that of its parts. */
  readonly udt: string
  readonly nullable: boolean
  readonly filled: boolean
}

/** What the driver makes of PostgreSQL's types. */
const typeOf: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  float8: 'number',
  bytea: 'Buffer',
  timestamptz: 'Date',
  date: 'Date',
  json: 'object',
  jsonb: 'object',
}

/**
 * Compares a service's `tables.ts` with the database that it works on: every column it names must be there, of that type,
 * null and filled by the database as it says; and what an insert can't leave out must be named. Gives what differs, a
 * sentence each.
 */
export async function compareTables(url: string, file: string): Promise<string[]> {
  const said = readTables(await readFile(file, 'utf8'))
  const real = await withClient(url, async (client) => {
    const { rows } = await client.query<RealColumn>(CATALOGUE, [[...said.keys()]])
    return rows
  })
  return [...said].flatMap(([table, columns]) => {
    const known = new Map(
      real.filter((column) => column.table === table).map((column) => [column.name, column]),
    )
    if (known.size === 0) return [`there is no table ${table}`]
    const named = new Set(columns.map(({ name }) => name))
    const forgotten = [...known.values()].filter(
      ({ name, nullable, filled }) => !(nullable || filled || named.has(name)),
    )
    return [
      ...columns.flatMap((column) =>
        compareColumn(`${table}.${column.name}`, column, known.get(column.name)),
      ),
      ...forgotten.map(({ name }) => `${table}.${name} is needed by every insert`),
    ]
  })
}

function compareColumn(place: string, said: SaidColumn, real: RealColumn | undefined): string[] {
  if (real === undefined) return [`there is no ${place}`]
  const type = real.udt.startsWith('_')
    ? `${typeOf[real.udt.slice(1)] ?? 'string'}[]`
    : (typeOf[real.udt] ?? 'string')
  return [
    ...(said.type === type ? [] : [`${place} is ${type}, not ${said.type}`]),
    ...(said.nullable === real.nullable ? [] : [`${place} may ${real.nullable ? '' : 'not '}be null`]),
    // Who may be null may be left out anyway.
    ...(said.filled === (real.filled && !real.nullable)
      ? []
      : [`${place} is ${real.filled ? '' : 'not '}filled by the database`]),
  ]
}

const CATALOGUE = `select n.nspname || '.' || c.relname as table, a.attname as name, t.typname as udt,
    not a.attnotnull as nullable, (a.atthasdef or a.attidentity <> '') as filled
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid
  where n.nspname || '.' || c.relname = any ($1) and a.attnum > 0 and not a.attisdropped`
