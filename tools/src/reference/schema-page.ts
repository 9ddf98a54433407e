import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeSchema, prepareDatabase, withClient } from '@flatrender/database'
import { startPostgres } from '@flatrender/platform/postgres'
import type { ReferencePage } from './reference-page.ts'

/** The schema as the database describes it, of a database made for this alone; the database's own test finds drift. */
export async function makeSchemaPage(): Promise<ReferencePage> {
  const home = await mkdtemp(join(tmpdir(), 'flatrender-schema-'))
  const server = await startPostgres({ folder: join(home, 'data'), password: 'owner', durable: false })
  try {
    const ownerUrl = server.url('flatrender')
    await prepareDatabase({ ownerUrl, secretKey: randomBytes(32) })
    return { path: 'docs/reference/schema.sql', text: await withClient(ownerUrl, describeSchema) }
  } finally {
    await server.close()
    await rm(home, { recursive: true, force: true })
  }
}
