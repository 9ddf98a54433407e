import type { Client } from 'pg'
import packageJson from '../../package.json' with { type: 'json' }
import { type BackupHead, FORMAT } from './backup-format.ts'

/** What a backup of this database says of itself; within a transaction, of its snapshot. */
export async function readHead(client: Client, keyId: string): Promise<BackupHead> {
  const { rows: migrations } = await client.query<{ name: string; checksum: string | null }>(
    'select name, checksum from platform.migrations order by name',
  )
  const { rows } = await client.query<{ taken: Date; queue: number }>(
    'select now() as taken, (select max(id) from graphile_worker.migrations) as queue',
  )
  return {
    flatrenderBackup: FORMAT,
    version: packageJson.version,
    takenAt: rows[0]!.taken.toISOString(),
    keyId,
    migrations: Object.fromEntries(migrations.map(({ name, checksum }) => [name, checksum ?? ''])),
    queue: rows[0]!.queue,
  }
}
