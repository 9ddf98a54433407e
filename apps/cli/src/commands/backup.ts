import path from 'node:path'
import { backupDatabase, deriveLogins, nameDatabase } from '@flatrender/database'
import { openOwner } from '@flatrender/platform/postgres'
import { nameKey, openSecretKeys } from '@flatrender/platform/secrets'
import type { Storage } from '@flatrender/platform/storage'
import type { Command } from 'commander'
import type { Session } from '../session.ts'
import { openStoredFiles, readStoredFiles } from '../stored-files.ts'

/** `flatrender backup FILE`: writes all rows of the database and all stored files to a file, while services go on. */
export function addBackupCommand(program: Command, session: Session): void {
  program
    .command('backup')
    .description(
      'Write all that is in the database, as it is at one moment, and all stored files to a file; services go on.',
    )
    .argument('<file>', 'the file to write; one that is there is replaced when the new one is whole')
    .addHelpText(
      'after',
      `
The secret key is not in it: keep .flatrender/secret.key (or FLATRENDER_SECRET_KEY) elsewhere. Without it, what is
sealed in the backup stays unreadable. Counters of failed logins are left out. Stored files are read after the rows: a
file that is deleted between the two is left out.

Examples:
  flatrender backup flatrender.backup
  flatrender backup /backups/$(date +%F).backup`,
    )
    .action((file: string) => runBackup(file, session))
}

async function runBackup(file: string, { console, settings, signal }: Session): Promise<void> {
  const { home, databaseUrl } = settings
  let storage: Storage | undefined
  const keys = await openSecretKeys(home, settings.secretKeys)
  const secretKey = keys.present
  const { ownerUrl, close } = await openOwner({ home, databaseUrl, signal, ...deriveLogins(keys) })
  try {
    const stored = await openStoredFiles(settings, keys)
    storage = stored
    const { parts, files } = await backupDatabase({
      ownerUrl,
      secretKey,
      keyId: nameKey(secretKey),
      file: path.resolve(file),
      files: () => readStoredFiles(stored, signal),
      onPart: (part) => console.status(part),
      signal,
    })
    const rows = parts.reduce((sum, part) => sum + part.rows, 0)
    console.note(`${nameDatabase(ownerUrl)} is in ${file}: ${rows} rows, ${files.count} stored files`)
  } finally {
    console.status('')
    await storage?.close()
    await close()
  }
}
