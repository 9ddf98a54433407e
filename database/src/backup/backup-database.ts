import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import { changeUrl, withClient } from '../connect.ts'
import { derivePassword } from '../role-password.ts'
import { assertPrepared } from './assert-prepared.ts'
import type { BackupEnd, BackupSummary, PartSum, PartTitle } from './backup-format.ts'
import { chooseReaders, OWNER, systemRoles } from './choose-readers.ts'
import { copyOut } from './copy-out.ts'
import { packFrames } from './frames.ts'
import { listTables, type TableShape } from './list-tables.ts'
import { readHead } from './read-head.ts'
import { shareSnapshot } from './share-snapshot.ts'
import { type Write, writeFile } from './write-file.ts'
import { type BackedUpFile, writeFiles } from './write-files.ts'
import { writeNote } from './write-note.ts'

/** A database that is to be backed up. */
export interface BackupOptions {
  readonly ownerUrl: string
  /** 32 bytes: the roles' passwords follow from them. */
  readonly secretKey: Buffer
  /** Names that key without telling it. */
  readonly keyId: string
  /** The file to write; one that is there is replaced when the new one is whole. */
  readonly file: string
  /** The stored files, asked for when all rows are written; none without it. */
  readonly files?: () => AsyncIterable<BackedUpFile>
  /** Hears what is written: a table, or the key of a stored file. */
  readonly onPart?: (part: string) => void
  readonly signal?: AbortSignal
}

/**
 * Writes all rows of a database, as they are at one moment, to a file, and after them the stored files that there are
 * then, while services go on. Memory doesn't grow with either. Errors: DATABASE_UNREACHABLE, DATABASE_UNPREPARED,
 * OUTPUT_FOLDER_MISSING, OUTPUT_UNWRITABLE; those of the files.
 */
export async function backupDatabase(options: BackupOptions): Promise<BackupSummary> {
  const { ownerUrl, secretKey, file, signal } = options
  await withClient(ownerUrl, assertPrepared)
  const urlOf = (role: string) =>
    changeUrl(ownerUrl, { user: role, password: derivePassword(secretKey, role) })
  const urls = new Map(systemRoles.map((role) => [role, urlOf(role)]))
  let summary: BackupSummary | undefined
  await withClient(
    ownerUrl,
    (owner) =>
      shareSnapshot(
        owner,
        urls,
        (readers) =>
          writeFile(
            file,
            async (write) => {
              summary = await writeBackup(write, new Map([...readers, [OWNER, owner]]), options)
            },
            signal,
          ),
        signal,
      ),
    signal,
  )
  return summary!
}

async function writeBackup(
  write: Write,
  readers: ReadonlyMap<string, Client>,
  { keyId, files, onPart = () => {}, signal }: BackupOptions,
): Promise<BackupSummary> {
  const owner = readers.get(OWNER)!
  const head = await readHead(owner, keyId)
  await writeNote(write, 'h', head)
  const parts: PartSum[] = []
  for (const table of await listTables(owner)) {
    onPart(table.table)
    for (const reader of chooseReaders(table)) parts.push(await writePart(write, readers.get(reader)!, table))
  }
  const filesSum = await writeFiles(write, files?.() ?? [], onPart, signal)
  const end: BackupEnd = {
    head: createHash('sha256').update(JSON.stringify(head)).digest('hex'),
    parts,
    files: filesSum,
  }
  await writeNote(write, 'e', end)
  return { head, parts, files: filesSum }
}

async function writePart(write: Write, reader: Client, table: TableShape): Promise<PartSum> {
  const title: PartTitle = { table: table.table, columns: table.columns }
  await writeNote(write, 't', title)
  const hash = createHash('sha256')
  const copy = copyOut(reader, `copy (select ${selectColumns(reader, table)} from ${table.table}) to stdout`)
  for await (const chunk of copy.text as AsyncIterable<Buffer>) {
    hash.update(chunk)
    for (const bytes of packFrames('d', chunk)) await write(bytes)
  }
  const sum: PartSum = { ...title, rows: copy.rows(), sha256: hash.digest('hex') }
  await writeNote(write, 's', sum)
  return sum
}

/** A job that is under way somewhere has to begin anew elsewhere: nobody holds it. */
function selectColumns(client: Client, { schema, columns }: TableShape): string {
  return columns
    .map((column) => {
      const held = schema === 'graphile_worker' && (column === 'locked_at' || column === 'locked_by')
      return held ? `null as ${column}` : client.escapeIdentifier(column)
    })
    .join(', ')
}
