import type { Client } from 'pg'
import type { TableShape } from '../backup/list-tables.ts'

/** Base64 letters that are the same whatever follows the bytes of a head: of five bytes the first six letters. */
const LETTERS = 6

const COLUMNS = `select attrelid::regclass::text as table, attname as column, atttypid = 'bytea'::regtype as bytes
  from pg_attribute where attrelid = any ($1::text[]::regclass[]) and attnum > 0 and not attisdropped
    and atttypid in ('bytea'::regtype, 'json'::regtype, 'jsonb'::regtype)
  order by attrelid::regclass::text, attname`

interface Column {
  readonly table: string
  readonly column: string
  readonly bytes: boolean
}

/**
 * Looks through every column that could hold it for what a former key has sealed: it would open no more once that is gone.
 * Throws for the first column, which `sealedPlaces` lacks.
 */
export async function assertNoneLeft(
  client: Client,
  tables: readonly TableShape[],
  formerHeads: readonly Buffer[],
): Promise<void> {
  const { rows: columns } = await client.query<Column>(COLUMNS, [tables.map(({ table }) => table)])
  for (const { table, column, bytes } of columns)
    for (const head of formerHeads) {
      const found = bytes
        ? `substring(${column} from 1 for ${head.length}) = $1`
        : `strpos(${column}::text, '"' || $1::text) > 0`
      const shown = bytes ? head : head.toString('base64').slice(0, LETTERS)
      const { rowCount } = await client.query(`select from ${table} where ${found} limit 1`, [shown])
      if (rowCount !== 0)
        throw new Error(`${table}.${column} holds something sealed, and nobody said what it is bound to`)
    }
}
