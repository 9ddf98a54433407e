import { FlatRenderError } from '@flatrender/contracts/errors'
import { listMigrations } from '../list-migrations.ts'
import type { BackupSummary } from './backup-format.ts'
import { readBackup } from './read-backup.ts'

/** What a backup is compared with. */
export interface CheckOptions {
  readonly file: string
  /** Names the installation's secret key. */
  readonly keyId: string
  /** Is a backup of another key wanted all the same? What is sealed in it stays unreadable. */
  readonly otherKey?: boolean
  readonly signal?: AbortSignal
}

/**
 * Reads a backup to its end, and says whether it can be restored here; no database is needed for that. Errors:
 * BACKUP_UNREADABLE, BACKUP_OUTDATED for other migrations, BACKUP_KEY_DIFFERS.
 */
export async function checkBackup({ file, keyId, otherKey, signal }: CheckOptions): Promise<BackupSummary> {
  const summary = await readBackup(file, { signal })
  const { migrations, version } = summary.head
  const ours = Object.fromEntries((await listMigrations()).map(({ name, checksum }) => [name, checksum]))
  // What psql alone has run has no checksum yet.
  const agrees = (name: string) =>
    migrations[name] !== undefined &&
    ours[name] !== undefined &&
    (migrations[name] === '' || migrations[name] === ours[name])
  const migration = [...Object.keys(ours), ...Object.keys(migrations)].find((name) => !agrees(name))
  if (migration !== undefined) throw new FlatRenderError('BACKUP_OUTDATED', { file, version, migration })
  if (summary.head.keyId !== keyId && otherKey !== true)
    throw new FlatRenderError('BACKUP_KEY_DIFFERS', { file, keyId: summary.head.keyId })
  return summary
}
