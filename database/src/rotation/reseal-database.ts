import type { Client } from 'pg'
import { assertIdle } from '../backup/assert-idle.ts'
import { liftPolicies } from '../backup/lift-policies.ts'
import { listTables } from '../backup/list-tables.ts'
import { withClient } from '../connect.ts'
import { type SealedColumn, sealedColumns, unusedColumns } from './sealed-columns.ts'

/** A database whose secrets are to be sealed anew. */
export interface ResealOptions {
  readonly ownerUrl: string
  /** Gives what is sealed for a place sealed by the present key. Its errors undo everything. */
  readonly reseal: (place: string, sealed: Buffer) => Buffer
  readonly signal?: AbortSignal
}

/** Rows that are held in memory at a time. */
const BATCH = 1000

/**
 * Seals anew all that is sealed, in one transaction: whatever goes wrong, all of it is as it was. Gives the number of
 * rows. Errors: DATABASE_IN_USE, DATABASE_UNREACHABLE; those of `reseal`.
 */
export async function resealDatabase({ ownerUrl, reseal, signal }: ResealOptions): Promise<number> {
  return withClient(
    ownerUrl,
    async (client) => {
      await client.query('begin')
      try {
        const rows = await resealAll(client, reseal)
        await client.query('commit')
        return rows
      } catch (error) {
        // Where the connection is gone, the server does it.
        await client.query('rollback').catch(() => {})
        throw error
      }
    },
    signal,
  )
}

async function resealAll(client: Client, reseal: ResealOptions['reseal']): Promise<number> {
  await assertIdle(client)
  const tables = (await listTables(client)).filter(({ table }) => holdsSealed(table))
  await client.query(`lock table ${tables.map(({ table }) => table).join(', ')} in access exclusive mode`)
  await liftPolicies(client, tables)
  for (const name of unusedColumns) await assertEmpty(client, name)
  let rows = 0
  for (const column of sealedColumns) rows += await resealColumn(client, column, reseal)
  for (const { table, forced } of tables)
    if (forced) await client.query(`alter table ${table} force row level security`)
  return rows
}

function holdsSealed(table: string): boolean {
  return [...sealedColumns.map((column) => column.table), ...unusedColumns.map(tableOf)].includes(table)
}

function tableOf(column: string): string {
  return column.slice(0, column.lastIndexOf('.'))
}

async function assertEmpty(client: Client, name: string): Promise<void> {
  const column = name.slice(name.lastIndexOf('.') + 1)
  const { rowCount } = await client.query(`select from ${tableOf(name)} where ${column} is not null limit 1`)
  if (rowCount !== 0) throw new Error(`${name} holds something sealed, and nobody said what it is bound to`)
}

interface SealedRow {
  readonly row: string
  readonly sealed: Buffer | Readonly<Record<string, unknown>>
  readonly parts: (string | null)[]
}

async function resealColumn(
  client: Client,
  { table, column, of, place }: SealedColumn,
  reseal: ResealOptions['reseal'],
): Promise<number> {
  const parts = of.map((name) => `(${name})::text`).join(', ')
  await client.query(`declare sealed no scroll cursor for
    select ctid::text as row, ${column} as sealed, array[${parts}] as parts from ${table} where ${column} is not null`)
  let changed = 0
  for (;;) {
    const { rows } = await client.query<SealedRow>(`fetch ${BATCH} from sealed`)
    for (const { row, sealed, parts: values } of rows) {
      const seal = (before: Buffer) => reseal(place(...values.map(String)), before)
      const after = Buffer.isBuffer(sealed) ? seal(sealed) : resealFields(sealed, seal)
      if (after === undefined) continue
      await client.query(`update ${table} set ${column} = $1 where ctid = $2`, [after, row])
      changed++
    }
    if (rows.length < BATCH) break
  }
  await client.query('close sealed')
  return changed
}

/** An object's sealed fields anew; undefined where it has none. */
function resealFields(
  fields: Readonly<Record<string, unknown>>,
  seal: (before: Buffer) => Buffer,
): string | undefined {
  const sealed = Object.entries(fields).filter(
    (field): field is [string, string] => field[0].startsWith('sealed') && typeof field[1] === 'string',
  )
  if (sealed.length === 0) return undefined
  const anew = sealed.map(([name, text]) => [name, seal(Buffer.from(text, 'base64')).toString('base64')])
  return JSON.stringify({ ...fields, ...Object.fromEntries(anew) })
}
