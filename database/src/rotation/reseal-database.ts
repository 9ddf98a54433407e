import type { SealedPlace } from '@flatrender/contracts/secrets'
import type { Client } from 'pg'
import { assertIdle } from '../backup/assert-idle.ts'
import { liftPolicies } from '../backup/lift-policies.ts'
import { listTables } from '../backup/list-tables.ts'
import { withClient } from '../connect.ts'
import { assertNoneLeft } from './assert-none-left.ts'
import { type SealedSource, sealedSources } from './sealed-columns.ts'

/** A database whose secrets are to be sealed anew. */
export interface ResealOptions {
  readonly ownerUrl: string
  /** Gives what is sealed for a place sealed by the present key. Its errors undo everything. */
  readonly reseal: (place: SealedPlace, sealed: Buffer) => Buffer
  /** With what everything begins that a former key has sealed: none of it may be left. */
  readonly formerHeads: readonly Buffer[]
  readonly signal?: AbortSignal
}

/** Rows that are held in memory at a time. */
const BATCH = 1000

/**
 * Seals anew all that is sealed, in one transaction: whatever goes wrong, or is left in a column that nobody listed, all of it
 * is as it was. Gives the number of rows. Errors: DATABASE_IN_USE, DATABASE_UNREACHABLE; those of `reseal`.
 */
export async function resealDatabase(options: ResealOptions): Promise<number> {
  return withClient(
    options.ownerUrl,
    async (client) => {
      await client.query('begin')
      try {
        const rows = await resealAll(client, options)
        await client.query('commit')
        return rows
      } catch (error) {
        // Where the connection is gone, the server does it.
        await client.query('rollback').catch(() => {})
        throw error
      }
    },
    options.signal,
  )
}

async function resealAll(client: Client, { reseal, formerHeads }: ResealOptions): Promise<number> {
  await assertIdle(client)
  const tables = await listTables(client)
  await client.query(`lock table ${tables.map(({ table }) => table).join(', ')} in access exclusive mode`)
  await liftPolicies(client, tables)
  let rows = 0
  for (const source of sealedSources) rows += await resealColumn(client, source, reseal)
  await assertNoneLeft(client, tables, formerHeads)
  for (const { table, forced } of tables)
    if (forced) await client.query(`alter table ${table} force row level security`)
  return rows
}

interface SealedRow {
  readonly row: string
  readonly sealed: Buffer | Readonly<Record<string, unknown>>
  readonly [part: string]: unknown
}

async function resealColumn(
  client: Client,
  { table, column, asked, place }: SealedSource,
  reseal: ResealOptions['reseal'],
): Promise<number> {
  const parts = Object.entries(asked).map(([name, question]) => `${question} as "of ${name}"`)
  await client.query(`declare sealed no scroll cursor for
    select ctid::text as row, ${column} as sealed, ${parts.join(', ')} from ${table} where ${column} is not null`)
  let changed = 0
  for (;;) {
    const { rows } = await client.query<SealedRow>(`fetch ${BATCH} from sealed`)
    for (const found of rows) {
      const { row, sealed } = found
      const bound = Object.fromEntries(
        Object.keys(asked).map((name) => [name, readPart(found[`of ${name}`])]),
      )
      const seal = (before: Buffer) => reseal(place(bound), before)
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

function readPart(value: unknown): string | Uint8Array {
  return value instanceof Uint8Array ? value : String(value)
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
