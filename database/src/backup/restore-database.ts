import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Client } from 'pg'
import { withClient } from '../connect.ts'
import { assertIdle } from './assert-idle.ts'
import type { BackupSummary } from './backup-format.ts'
import { copyIn } from './copy-in.ts'
import { liftPolicies } from './lift-policies.ts'
import { listTables, listUnlogged, type TableShape } from './list-tables.ts'
import { readBackup, type TakeFile } from './read-backup.ts'
import { readHead } from './read-head.ts'
import { PLAIN_TEXT } from './share-snapshot.ts'

/** A backup, and the prepared database whose rows it replaces. */
export interface RestoreOptions {
  readonly ownerUrl: string
  readonly file: string
  /** What `checkBackup` gave for this file. */
  readonly summary: BackupSummary
  /** Stores a file of the backup, before the rows that name it can be seen; all of its bytes have to be read. */
  readonly putFile: TakeFile
  /** Hears what is restored: a table, or the key of a stored file. */
  readonly onPart?: (part: string) => void
  readonly signal?: AbortSignal
}

/**
 * Replaces all rows of a database by those of a backup, in one transaction: whatever goes wrong, it is as it was. Its files
 * are stored beside those that are there, of which none is deleted. Errors: those of `putFile`, BACKUP_UNREADABLE when the file is no longer what was checked, BACKUP_OUTDATED, DATABASE_IN_USE, DATABASE_UNREACHABLE.
 */
export async function restoreDatabase(options: RestoreOptions): Promise<void> {
  const { ownerUrl, signal } = options
  await withClient(
    ownerUrl,
    async (client) => {
      await client.query(`begin; ${PLAIN_TEXT}`)
      try {
        await assertIdle(client)
        await assertQueue(client, options)
        await replaceRows(client, options)
        await client.query('commit')
      } catch (error) {
        // Where the connection is gone, the server does it.
        await client.query('rollback').catch(() => {})
        throw error
      }
    },
    signal,
  )
}

/** The queue has migrations of its own, with which its version changes. */
async function assertQueue(client: Client, { file, summary }: RestoreOptions): Promise<void> {
  const { queue } = await readHead(client, '')
  if (queue === summary.head.queue) return
  const { version } = summary.head
  throw new FlatRenderError('BACKUP_OUTDATED', { file, version, migration: `graphile_worker ${queue}` })
}

async function replaceRows(client: Client, options: RestoreOptions): Promise<void> {
  const { file, summary, onPart = () => {}, putFile, signal } = options
  const tables = await listTables(client)
  const known = new Map(tables.map((table) => [table.table, table]))
  await liftPolicies(client, tables)
  await client.query(`truncate ${[...known.keys(), ...(await listUnlogged(client))].join(', ')}`)
  await client.query('set constraints all deferred')
  let place = 0
  const take = async (title: { table: string; columns: readonly string[] }, text: AsyncIterable<Buffer>) => {
    const table = known.get(title.table)
    const checked = summary.parts[place++]
    if (
      table === undefined ||
      checked?.table !== title.table ||
      String(table.columns) !== String(title.columns)
    )
      throw new FlatRenderError('BACKUP_UNREADABLE', { file, reason: `${title.table} does not fit` })
    onPart(title.table)
    const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ')
    return copyIn(client, `copy ${table.table} (${columns}) from stdin`, text)
  }
  const takeFile: TakeFile = (title, content) => {
    onPart(title.key)
    return putFile(title, content)
  }
  const loaded = await readBackup(file, { take, takeFile, signal })
  if (JSON.stringify(loaded) !== JSON.stringify(summary))
    throw new FlatRenderError('BACKUP_UNREADABLE', { file, reason: 'it changed while it was read' })
  await client.query('set constraints all immediate')
  for (const table of tables) await continueNumbers(client, table)
  for (const { table, forced } of tables)
    if (forced) await client.query(`alter table ${table} force row level security`)
}

/** Numbers go on after the highest. They never go back: that would outlive a transaction that is undone. */
async function continueNumbers(client: Client, { table, numbered }: TableShape): Promise<void> {
  for (const column of numbered)
    await client.query(
      `select setval(sequence, greatest(nextval(sequence), (select max(${column}) from ${table})))
       from pg_get_serial_sequence($1, $2) sequence`,
      [table, column],
    )
}
